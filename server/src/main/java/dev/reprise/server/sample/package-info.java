/// Makes the data that a fresh installation has to query. Start reading at
/// [dev.reprise.server.sample.SampleData]; what the values look like is in `sample/rules.txt`.
@NullMarked
package dev.reprise.server.sample;

import org.jspecify.annotations.NullMarked;
