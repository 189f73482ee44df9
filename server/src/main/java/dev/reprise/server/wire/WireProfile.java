package dev.reprise.server.wire;

import java.util.Locale;

/// How answers look: as the public pages print them, or as the live service sends them.
public enum WireProfile {
  DOCUMENTED,
  LIVE;

  /// The key as this profile writes it.
  public String key(String name) {
    return switch (this) {
      case DOCUMENTED -> name;
      case LIVE -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    };
  }
}
