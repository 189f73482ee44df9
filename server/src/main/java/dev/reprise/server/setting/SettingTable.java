package dev.reprise.server.setting;

import java.util.List;

/// The table of all settings.
final class SettingTable {
  /// Every setting, in the order in which they are shown.
  static final List<Setting<?>> ALL =
      List.of(
          Setting.PORT,
          Setting.HOST,
          Setting.CERTIFICATE,
          Setting.KEY,
          Setting.PUBLIC_URL,
          Setting.DATA,
          Setting.STORE,
          Setting.STORE_USER,
          Setting.STORE_PASSWORD,
          Setting.STORE_FILES,
          Setting.NODE_NAME,
          Setting.NODE_LEASE,
          Setting.PROFILE,
          Setting.CLOCK,
          Setting.SAMPLE_ROWS,
          Setting.DATASETS,
          Setting.ACTIVE_REPORTS,
          Setting.EXECUTE_NOW,
          Setting.QUERIES,
          Setting.LEAD_TIME,
          Setting.MINIMUM_INTERVAL,
          Setting.TRY_ROWS,
          Setting.TRY_SECONDS,
          Setting.EXECUTION_TIME,
          Setting.MISFIRE,
          Setting.LINK_EXPIRY,
          Setting.RESULTS_KEEP,
          Setting.RESULTS_SIZE,
          Setting.WORKERS,
          Setting.WATCHDOG_INTERVAL,
          Setting.ENGINE_MEMORY,
          Setting.ENGINE_LARGE_MEMORY,
          Setting.ENGINE_SPILL,
          Setting.ENGINE_THREADS,
          Setting.FORMULA_GUARD,
          Setting.CALLBACKS_ALLOW,
          Setting.CALLBACKS_AT_ONCE,
          Setting.CALLBACKS_KEEP,
          AccessSetting.ISSUERS,
          AccessSetting.TENANTS,
          AccessSetting.AUDIENCES,
          AccessSetting.CLOCK_SKEW,
          AccessSetting.ALGORITHMS,
          AccessSetting.ROLES_CLAIM,
          AccessSetting.ROLE_NAMES,
          AccessSetting.STAND_IN,
          AccessSetting.CONSOLE_CLIENT,
          AccessSetting.CONSOLE_SCOPES,
          Setting.RATE_LIMIT_REQUESTS,
          Setting.RATE_LIMIT_WINDOW,
          Setting.LOG_ACCESS,
          Setting.LOG_FORMAT);

  private SettingTable() {}
}
