/**
 * What a child needs of its parent's environment: where programs, home and temporary files are, the language, and the settings of Node, OpenSSL,
 * Electron and the desktop that reach it. Each by its whole name: everything else stays with the parent, because it may be a secret of a scenario,
 * which reaches a shard with its plan only.
 */
const NEEDED = new Set(
  `
  PATH PATHEXT HOME USER LOGNAME SHELL TMPDIR TEMP TMP TZ
  USERPROFILE APPDATA LOCALAPPDATA PROGRAMDATA SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC
  LANG LANGUAGE LC_ALL LC_CTYPE LC_COLLATE LC_MESSAGES LC_MONETARY LC_NUMERIC LC_TIME
  LC_ADDRESS LC_IDENTIFICATION LC_MEASUREMENT LC_NAME LC_PAPER LC_TELEPHONE
  NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_USE_SYSTEM_CA NODE_ICU_DATA NODE_COMPILE_CACHE
  NODE_DEBUG NODE_DEBUG_NATIVE NODE_NO_WARNINGS NODE_V8_COVERAGE
  SSL_CERT_FILE SSL_CERT_DIR OPENSSL_CONF OPENSSL_MODULES OPENSSL_ENGINES
  LD_LIBRARY_PATH DYLD_LIBRARY_PATH DYLD_FRAMEWORK_PATH DYLD_FALLBACK_LIBRARY_PATH DYLD_FALLBACK_FRAMEWORK_PATH
  DISPLAY WAYLAND_DISPLAY XDG_RUNTIME_DIR XDG_SESSION_TYPE XDG_CURRENT_DESKTOP
  XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CONFIG_DIRS XDG_DATA_DIRS
  ELECTRON_RUN_AS_NODE ELECTRON_NO_ASAR ELECTRON_ENABLE_LOGGING ELECTRON_ENABLE_STACK_DUMPING
  `
    .trim()
    .split(/\s+/),
);

/** Whether children get a variable of that name, so that it is no place for a secret. Case does not count: on Windows there is none. */
export function reachesChildren(name: string): boolean {
  return NEEDED.has(name.toUpperCase());
}

/** The environment of a child process. */
export function childEnvironment(parent: NodeJS.ProcessEnv, own: Record<string, string>): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(parent)) {
    if (value !== undefined && reachesChildren(name)) environment[name] = value;
  }
  return { ...environment, ...own };
}
