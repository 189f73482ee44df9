/// How the service is told what to do: the command line, the environment and a YAML file, read into
/// typed settings. Start reading at [Setting], the table of all of them.
@NullMarked
package dev.reprise.server.setting;

import org.jspecify.annotations.NullMarked;
