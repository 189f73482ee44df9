/// The contract of the calls as a document, and the page that shows it. Start reading at
/// [dev.reprise.server.contract.ContractRoutes].
@NullMarked
package dev.reprise.server.contract;

import org.jspecify.annotations.NullMarked;
