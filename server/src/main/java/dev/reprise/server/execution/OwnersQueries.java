package dev.reprise.server.execution;

import dev.reprise.api.ErrorCode;
import dev.reprise.query.CheckedQuery;
import dev.reprise.server.access.Caller;
import dev.reprise.server.dataset.Catalog;
import dev.reprise.server.dataset.Program;
import dev.reprise.server.query.Queries;
import dev.reprise.server.report.Owner;
import dev.reprise.server.report.Report;
import dev.reprise.server.rights.Rights;

/// The queries of reports, each with the rights that the owner has when it runs, which may not be
/// those of the day on which the report was made.
public final class OwnersQueries {
  private final Catalog catalog;
  private final Rights rights;

  public OwnersQueries(Catalog catalog, Rights rights) {
    this.catalog = catalog;
    this.rights = rights;
  }

  /// The query of a report, checked again.
  ///
  /// @throws dev.reprise.api.RefusedException if the owner may not run it any more
  OwnersQuery of(Report report) {
    Owner owner = report.owner();
    Program program =
        catalog
            .program(owner.program())
            .orElseThrow(
                () -> new IllegalStateException("the catalog lost program " + owner.program()));
    Caller caller = rights.of(owner.tenant(), owner.user());
    if (caller.roles().isEmpty()) {
      throw ErrorCode.FORBIDDEN.because(
          "the owner of the report, " + owner.user() + ", has none of the roles any more");
    }
    CheckedQuery query = Queries.check(report.definition().queryText(), program, caller);
    return new OwnersQuery(query, caller.seesSensitive());
  }

  /// A query that may run.
  ///
  /// @param all whether sensitive columns are filled
  record OwnersQuery(CheckedQuery query, boolean all) {}
}
