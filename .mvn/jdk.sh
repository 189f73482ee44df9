# Sourced by ./mvnw and ./reprise. Sets JAVA_HOME to a JDK of version 21 or later: the one that JAVA_HOME
# names if it will do, else the newest of those on PATH and in the usual folders. Says what to install
# when there is none. Sets jdk_version to its major version and jdk_build to its full one.

jdk_read() { # jdk_version and jdk_build of the JDK in folder $1; 0 if there is none
  jdk_version=0 jdk_build=''
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS='="' read -r jdk_key jdk_nothing jdk_value; do
    case "$jdk_key" in
    JAVA_VERSION) jdk_version=${jdk_value%%[!0-9]*} ;;
    JAVA_RUNTIME_VERSION) jdk_build=${jdk_value%\"} ;;
    esac
  done <"$1/release"
  : "${jdk_version:=0}" "${jdk_nothing:=}"
}

jdk_find() {
  jdk_least=21
  if [ -n "${JAVA_HOME-}" ]; then
    jdk_read "$JAVA_HOME"
    [ "$jdk_version" -lt "$jdk_least" ] || return 0
  fi
  jdk_best='' jdk_best_version=0 jdk_best_build=''
  jdk_java=$(command -v javac 2>/dev/null) && jdk_java=$(readlink -f "$jdk_java" 2>/dev/null) || jdk_java=''
  for jdk in "${jdk_java%/bin/javac}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.asdf/installs/java/* \
    "${HOME-}"/.local/share/mise/installs/java/*; do
    [ -n "$jdk" ] && [ -d "$jdk" ] || continue
    jdk_read "$jdk"
    if [ "$jdk_version" -gt "$jdk_best_version" ]; then
      jdk_best=$jdk jdk_best_version=$jdk_version jdk_best_build=$jdk_build
    fi
  done
  if [ "$jdk_best_version" -lt "$jdk_least" ]; then
    echo "Reprise needs a JDK of version $jdk_least or later, and none was found (looked at JAVA_HOME, PATH and the usual folders)." >&2
    echo "Install one, for example from https://adoptium.net, or set JAVA_HOME to where it is." >&2
    return 1
  fi
  JAVA_HOME=$jdk_best jdk_version=$jdk_best_version jdk_build=$jdk_best_build
  export JAVA_HOME
}
