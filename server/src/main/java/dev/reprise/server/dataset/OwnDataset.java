package dev.reprise.server.dataset;

import dev.reprise.query.Dataset;
import java.nio.file.Path;

/// A dataset that an operator brings, and where its rows are.
///
/// @param source a Parquet file, several with `*` in the last name, or a DuckDB file
/// @param table in the DuckDB file
public record OwnDataset(Dataset dataset, Path source, String table) {}
