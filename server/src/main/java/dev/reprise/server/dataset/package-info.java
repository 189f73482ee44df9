/// Which columns, metrics and date ranges may be asked for, read from the catalog file. Start
/// reading at [dev.reprise.server.dataset.Catalog].
@NullMarked
package dev.reprise.server.dataset;

import org.jspecify.annotations.NullMarked;
