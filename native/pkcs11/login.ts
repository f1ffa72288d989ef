import koffi, { type LibraryHandle } from "koffi"
import type { Handle } from "pkcs11js"

/** C_Login (PKCS #11 section 5.6): answers the CKR value. `pin` absent is the NULL that a PIN pad wants. */
export type Login = (session: Handle, userType: number, pin: Uint8Array | undefined) => number

type NativeLogin = (
  session: bigint,
  userType: number,
  pin: Uint8Array | null,
  length: number,
) => number | bigint

/** The place of C_Login in CK_FUNCTION_LIST, after C_Initialize at 0 (pkcs11f.h). */
const LOGIN_INDEX = 18

/**
 * C_Login of the same library that pkcs11js uses: pkcs11js takes a PIN as a string only, which nobody can wipe,
 * and cannot pass NULL. A library loaded twice is the same library, so sessions of the one are good for the other.
 */
export function bindLogin(library: LibraryHandle): Login {
  const native = nativeLogin(functionList(library))
  return (session, userType, pin) =>
    Number(native(sessionNumber(session), userType, pin ?? null, pin?.length ?? 0))
}

function functionList(library: LibraryHandle): unknown {
  const getFunctionList = library.func("C_GetFunctionList", "ulong", [koffi.out(koffi.pointer("void *"))])
  const list: unknown[] = [null]
  const result: unknown = getFunctionList(list)
  if (Number(result) !== 0 || list[0] === null) {
    throw new Error(
      `C_GetFunctionList answered ${String(result)} and ${list[0] === null ? "no list" : "a list"}`,
    )
  }
  return list[0]
}

function nativeLogin(list: unknown): NativeLogin {
  const decoded: unknown = koffi.decode(koffi.decode(list, loginOffset(), "void *"), LOGIN_PROTOTYPE)
  // Sound: koffi makes of a pointer and a prototype the function with that prototype's arguments and result.
  return decoded as NativeLogin
}

// CK_ULONG is `unsigned long`: 32 bits on Windows, 64 on 64-bit macOS and Linux; koffi's ulong follows the platform.
const LOGIN_PROTOTYPE = koffi.proto("ulong", ["ulong", "ulong", "void *", "ulong"])

/** CK_VERSION is two bytes; on Windows PKCS #11 structures are packed to 1 byte, elsewhere pointers are aligned. */
function loginOffset(): number {
  const pointerSize = koffi.sizeof("void *")
  const firstFunction = process.platform === "win32" ? 2 : pointerSize
  return firstFunction + LOGIN_INDEX * pointerSize
}

/** The length of a CK_ULONG, of which CKA_ALLOWED_MECHANISMS is a row. */
export const ULONG_BYTES = koffi.sizeof("ulong")

/** pkcs11js hands out a CK_ULONG as its bytes in the machine's order; every platform of ours is little-endian. */
function sessionNumber(session: Handle): bigint {
  return session.length === 8 ? session.readBigUInt64LE() : BigInt(session.readUInt32LE())
}
