package dev.reprise.server.engine;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.reprise.api.Format;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/// Readers of CSV that others wrote, independently of each other and of the engine.
enum Readers {
  /// Does not tell an empty field from an empty text.
  FAST_CSV {
    @Override
    List<List<@Nullable String>> read(Path file, Format format) throws IOException {
      try (CsvReader<CsvRecord> reader =
          CsvReader.builder()
              .fieldSeparator(separator(format))
              .skipEmptyLines(false)
              .maxBufferSize(1 << 26)
              .ofCsvRecord(file)) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        reader.forEach(record -> rows.add(new ArrayList<>(record.getFields())));
        return rows;
      }
    }

    @Override
    @Nullable String seen(@Nullable String text) {
      return text == null ? "" : text;
    }
  },

  /// Tells them apart.
  COMMONS_CSV {
    @Override
    List<List<@Nullable String>> read(Path file, Format format) throws IOException {
      CSVFormat rules =
          CSVFormat.RFC4180
              .builder()
              .setDelimiter(separator(format))
              .setIgnoreEmptyLines(false)
              .setNullString("")
              .setQuoteMode(QuoteMode.ALL_NON_NULL)
              .get();
      List<List<@Nullable String>> rows = new ArrayList<>();
      try (Reader text = Files.newBufferedReader(file);
          CSVParser parser = rules.parse(text)) {
        for (CSVRecord record : parser) {
          List<@Nullable String> row = new ArrayList<>();
          record.forEach(row::add);
          rows.add(row);
        }
      }
      return rows;
    }

    @Override
    @Nullable String seen(@Nullable String text) {
      return text;
    }
  };

  /// The fields of each line, the header's first.
  abstract List<List<@Nullable String>> read(Path file, Format format) throws IOException;

  /// What becomes of a text on the way.
  abstract @Nullable String seen(@Nullable String text);

  private static char separator(Format format) {
    return switch (format) {
      case CSV -> ',';
      case TSV -> '\t';
    };
  }
}
