# Sourced by ./mvnw and ./reprise. Sets JAVA_HOME to a JDK of version 21 or later: the one that JAVA_HOME
# names or PATH holds, else the newest in the usual folders. Says what to install when there is none.

jdk_version() { # the major version of the JDK in folder $1, or 0
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || { echo 0; return; }
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_find() {
  jdk_least=21
  if [ -n "${JAVA_HOME-}" ] && [ "$(jdk_version "$JAVA_HOME")" -ge "$jdk_least" ]; then
    return 0
  fi
  jdk_best='' jdk_best_version=0
  jdk_java=$(command -v javac 2>/dev/null) && jdk_java=$(readlink -f "$jdk_java" 2>/dev/null) || jdk_java=''
  for jdk in "${jdk_java%/bin/javac}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.asdf/installs/java/* \
    "${HOME-}"/.local/share/mise/installs/java/*; do
    [ -n "$jdk" ] && [ -d "$jdk" ] || continue
    jdk_this=$(jdk_version "$jdk")
    if [ "${jdk_this:-0}" -gt "$jdk_best_version" ]; then
      jdk_best=$jdk jdk_best_version=$jdk_this
    fi
  done
  if [ "$jdk_best_version" -lt "$jdk_least" ]; then
    echo "Reprise needs a JDK of version $jdk_least or later, and none was found (looked at JAVA_HOME, PATH and the usual folders)." >&2
    echo "Install one, for example from https://adoptium.net, or set JAVA_HOME to where it is." >&2
    return 1
  fi
  JAVA_HOME=$jdk_best
  export JAVA_HOME
}
