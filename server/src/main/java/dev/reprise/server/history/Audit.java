package dev.reprise.server.history;

import dev.reprise.server.history.HistoryStore.Head;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/// Goes along all chains, entry by entry, and tells where one is not as it was written.
///
/// - Shape: call [#begin] for each report, [#entry] for each of its entries in their order, and
///   [#end]. Its memory does not grow with them.
/// - Limits: whoever writes to the store and knows the form can write a whole chain anew, with its
///   head. Only the digest of the [Result], kept elsewhere, tells that.
public final class Audit {
  private final Consumer<String> faults;
  private final MessageDigest heads = Chain.sha256();
  private long reports;
  private long entries;
  private long broken;

  private Optional<Head> head = Optional.empty();
  private String report = "";
  private boolean exists;
  private boolean sound;
  private int sequence;
  private String hash = Chain.BEGIN;
  private boolean deleted;

  /// @param faults told in words what is wrong
  Audit(Consumer<String> faults) {
    this.faults = faults;
  }

  /// Begins with the next report.
  ///
  /// @param end where its history ends, if that is known
  /// @param there whether there still is such a report
  void begin(String id, Optional<Head> end, boolean there) {
    report = id;
    head = end;
    exists = there;
    sound = true;
    sequence = 0;
    hash = Chain.BEGIN;
    deleted = false;
    reports++;
  }

  /// The next entry of the report.
  void entry(Entry entry) {
    entries++;
    if (!sound || head.isEmpty()) {
      return; // What follows a break proves nothing.
    }
    if (entry.sequence() != sequence + 1) {
      fault("entry %d is missing".formatted(sequence + 1));
    } else if (!entry.previousHash().equals(hash)) {
      fault("entry %d does not follow the entry before it".formatted(entry.sequence()));
    } else if (!entry
        .hash()
        .equals(Chain.hash(head.get().subject(), entry.sequence(), hash, entry.event()))) {
      fault("entry %d is not as it was written".formatted(entry.sequence()));
    }
    sequence = entry.sequence();
    hash = entry.hash();
    String what = entry.event().what();
    // What the watchdog finds after a delete does not bring the report back.
    deleted = what.equals(Act.What.DELETE.word()) || (deleted && what.equals(Act.What.HEAL.word()));
  }

  /// An entry of the report that has what no entry is ever written with, such as parts of a second,
  /// which its hash does not cover.
  void spoiled() {
    entries++;
    if (sound && head.isPresent()) {
      fault("entry %d is not as it was written".formatted(sequence + 1));
    }
  }

  /// Something is kept under what is no report's id.
  void stray(String id) {
    begin(id, Optional.empty(), false);
    fault("its id is none that was ever given");
    heads.update((id + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// The report has no further entry.
  void end() {
    if (head.isEmpty()) {
      fault("nothing says whose history it is and where it ends");
    } else if (sound && head.get().sequence() != sequence) {
      fault(
          "it ends with entry %d, but entry %d was written"
              .formatted(sequence, head.get().sequence()));
    } else if (sound && !head.get().hash().equals(hash)) {
      fault("entry %d is not the one that was written".formatted(sequence));
    } else if (sound && exists == deleted) {
      fault(
          exists
              ? "it ends with a delete, but there is the report"
              : "it does not end with a delete, but there is no report");
    }
    heads.update((report + " " + sequence + " " + hash + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void fault(String words) {
    faults.accept("report " + report.replaceAll("\\p{Cntrl}", "?") + ": " + words);
    broken += sound ? 1 : 0;
    sound = false;
  }

  /// What was found.
  Result result() {
    return new Result(reports, entries, broken, HexFormat.of().formatHex(heads.digest()));
  }

  /// What was found in all histories.
  ///
  /// @param broken how many of them are not as they were written
  /// @param digest of where each of them ends; two stores with the same have the same histories
  public record Result(long reports, long entries, long broken, String digest) {}
}
