/// Those outside whom the service calls: which addresses may be called, and one request to one of
/// them. Start reading at [dev.reprise.server.receiver.Messenger].
@NullMarked
package dev.reprise.server.receiver;

import org.jspecify.annotations.NullMarked;
