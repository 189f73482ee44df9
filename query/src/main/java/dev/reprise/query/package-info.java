/// The report query language: from text to a checked query to SQL with bound literals. Start
/// reading at [dev.reprise.query.QueryLanguage], then [dev.reprise.query.Compiler].
@NullMarked
package dev.reprise.query;

import org.jspecify.annotations.NullMarked;
