import { Logger } from '@aws-lambda-powertools/logger';

/** Structured lines. Never a phone number, health data, an id from a path, or an error's message. */
export type Log = {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
};

export function createLog(service: string): Log {
  const logger = new Logger({ serviceName: service });
  return {
    info: (message, fields = {}) => logger.info(message, fields as Record<string, string>),
    warn: (message, fields = {}) => logger.warn(message, fields as Record<string, string>),
    error: (message, fields = {}) => logger.error(message, fields as Record<string, string>),
  };
}
