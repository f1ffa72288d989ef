/** Why a backend does not start: the configuration is wrong, and the message says where and what to do. */
export class ConfigError extends Error {
  /** The member that is wrong, such as `tls.keyFile`. */
  readonly field: string

  constructor(field: string, message: string, options?: ErrorOptions) {
    super(`${field}: ${message}`, options)
    this.name = "ConfigError"
    this.field = field
  }
}
