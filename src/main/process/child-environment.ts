/**
 * What a child needs of its parent's environment: where programs, home and temporary files are, the language, Node's, OpenSSL's and the system's own
 * settings. Everything else stays with the parent: it may be a secret of a scenario, which reaches a shard with its plan only.
 */
const NEEDED =
  /^(PATH|PATHEXT|HOME|USER|LOGNAME|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|SHELL|TMPDIR|TEMP|TMP|TZ|LANG|LANGUAGE|LC_.*|NODE_.*|NODESWARM_.*|SSL_CERT_.*|OPENSSL_.*|XDG_.*|LD_LIBRARY_PATH|DYLD_.*|DISPLAY|WAYLAND_DISPLAY|ELECTRON_.*)$/i;

/** The environment of a child process. */
export function childEnvironment(parent: NodeJS.ProcessEnv, own: Record<string, string>): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(parent)) if (value !== undefined && NEEDED.test(name)) environment[name] = value;
  return { ...environment, ...own };
}
