/// The query language over whole datasets and on real engines: what a compiled query answers, held
/// against an evaluator in plain Java. Start reading at
/// [dev.reprise.server.language.MeaningOnEnginesTest].
@NullMarked
package dev.reprise.server.language;

import org.jspecify.annotations.NullMarked;
