import { isNativeError } from 'node:util/types';

const REASONS: { readonly [code: string]: string } = {
  EACCES: 'permission denied',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder',
  EFBIG: 'the file grew too large',
  EIO: 'input or output error',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many open files',
  ENOENT: 'it does not exist',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'it is not a folder',
  EPERM: 'not permitted',
  EPIPE: 'nobody reads it any more',
  ENAMETOOLONG: 'the name is too long',
  EROFS: 'the file system is read-only',
  EXDEV: 'it is in another file system than the folder around it',
};

/** An error of the operating system, as Node throws it. */
export interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
}

/** True for an error of any realm; one of Node's is no `Error` of the realm that Jest runs a test in. */
export function isError(value: unknown): value is Error {
  return isNativeError(value);
}

/** True for an error of the operating system. */
export function isSystemError(error: unknown): error is SystemError {
  return (
    isError(error) &&
    'syscall' in error &&
    typeof error.syscall === 'string' &&
    'code' in error &&
    typeof error.code === 'string'
  );
}

/** Why the operating system refused, in words. */
export function reasonOf(error: unknown): string {
  if (!isSystemError(error)) return 'unknown reason';
  return Object.hasOwn(REASONS, error.code) ? (REASONS[error.code] ?? error.code) : error.code;
}
