package dev.reprise.server.report;

import dev.reprise.api.RefusedException;
import dev.reprise.query.QueryLanguage;
import dev.reprise.server.dataset.Catalog;

/// Which dataset a report asks.
public final class ReportDataset {
  private final Catalog catalog;

  public ReportDataset(Catalog catalog) {
    this.catalog = catalog;
  }

  /// Its name; of a query that the catalog does not know any more there is none.
  public String of(Report report) {
    try {
      return catalog
          .program(report.owner().program())
          .map(program -> QueryLanguage.check(report.definition().queryText(), program))
          .map(query -> query.dataset().name())
          .orElse("");
    } catch (RefusedException unknown) {
      return "";
    }
  }
}
