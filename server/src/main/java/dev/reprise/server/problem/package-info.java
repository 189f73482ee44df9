/// What every request gets however it ends: refusals and faults become the answer that the contract
/// promises. Start reading at [dev.reprise.server.problem.Problems].
@NullMarked
package dev.reprise.server.problem;

import org.jspecify.annotations.NullMarked;
