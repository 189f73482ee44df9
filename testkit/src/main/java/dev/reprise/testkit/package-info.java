/// What several modules test against. Knows none of them, so it cannot repeat their faults. Start
/// reading at [dev.reprise.testkit.ModelReport].
@NullMarked
package dev.reprise.testkit;

import org.jspecify.annotations.NullMarked;
