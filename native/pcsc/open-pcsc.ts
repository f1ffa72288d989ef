import koffi, { type LibraryHandle } from "koffi"
import { PCSC_LAYOUTS, readerStateType, type PcscLayout, type PcscPlatform } from "./layout.ts"

/** A context or a connection, as the library numbers them. */
export type PcscHandle = number | bigint

/** SCARD_READERSTATE: what is asked about one reader, and what is answered in the same place. */
export interface ReaderState {
  readonly szReader: string
  readonly pvUserData: null
  readonly dwCurrentState: number
  readonly dwEventState: number | bigint
  readonly cbAtr: number | bigint
  readonly rgbAtr: ArrayLike<number>
}

/** A function of the library: called at once, or on another thread. Answers the PC/SC code, unsigned; 0 is success. */
export interface PcscCall<A extends readonly unknown[]> {
  now(...values: A): number
  later(...values: A): Promise<number>
}

/** What is answered in an argument is answered in an array of one. */
type Out<T> = T[]

/** The system's PC/SC library. */
export interface Pcsc {
  readonly layout: PcscLayout
  readonly establishContext: PcscCall<
    [scope: number, reserved: null, reserved2: null, context: Out<PcscHandle>]
  >
  readonly releaseContext: PcscCall<[context: PcscHandle]>
  /** Names one after the other, each with a zero byte behind it; `names` absent asks for the length. */
  readonly listReaders: PcscCall<
    [context: PcscHandle, groups: null, names: Uint8Array | null, length: Out<number>]
  >
  readonly getStatusChange: PcscCall<
    [context: PcscHandle, timeoutMilliseconds: number, states: ReaderState[], count: number]
  >
  readonly cancel: PcscCall<[context: PcscHandle]>
  readonly connect: PcscCall<
    [
      context: PcscHandle,
      reader: string,
      share: number,
      protocols: number,
      card: Out<PcscHandle>,
      protocol: Out<number>,
    ]
  >
  readonly disconnect: PcscCall<[card: PcscHandle, disposition: number]>
}

/** Loads the library; throws what the loader says where there is none. */
export function openPcsc(platform: NodeJS.Platform = process.platform): Pcsc {
  const layout = PCSC_LAYOUTS[supported(platform)]
  const { dword, handle, textSuffix } = layout
  const library = koffi.load(layout.library)
  const states = koffi.inout(koffi.pointer(readerStateType(layout)))
  const [handleOut, dwordOut] = [koffi.out(koffi.pointer(handle)), koffi.out(koffi.pointer(dword))]
  const length = koffi.inout(koffi.pointer(dword))
  const bind = <A extends readonly unknown[]>(name: string, ...types: Parameter[]): PcscCall<A> =>
    bindCall(library, layout, name, types)
  return {
    layout,
    establishContext: bind("SCardEstablishContext", dword, "void *", "void *", handleOut),
    releaseContext: bind("SCardReleaseContext", handle),
    listReaders: bind(`SCardListReaders${textSuffix}`, handle, "const char *", "void *", length),
    getStatusChange: bind(`SCardGetStatusChange${textSuffix}`, handle, dword, states, dword),
    cancel: bind("SCardCancel", handle),
    connect: bind(
      `SCardConnect${textSuffix}`,
      ...[handle, "const char *", dword, dword],
      ...[handleOut, dwordOut],
    ),
    disconnect: bind("SCardDisconnect", handle, dword),
  }
}

type Parameter = string | ReturnType<typeof koffi.pointer> | ReturnType<typeof koffi.out>

/** The library writes into what it was handed from another thread: held here, it is not collected under its hands. */
const inUse = new Set<readonly unknown[]>()

function supported(platform: NodeJS.Platform): PcscPlatform {
  if (platform === "linux" || platform === "darwin" || platform === "win32") return platform
  throw new Error(`no PC/SC library is known for ${platform}`)
}

function bindCall<A extends readonly unknown[]>(
  library: LibraryHandle,
  { long }: PcscLayout,
  name: string,
  types: Parameter[],
): PcscCall<A> {
  const native = library.func(name, long, types)
  return {
    now(...values) {
      const code: unknown = native(...values)
      return unsigned(code)
    },
    later: (...values) =>
      new Promise((resolve, reject) => {
        inUse.add(values)
        native.async(...values, (error: unknown, code: unknown) => {
          inUse.delete(values)
          if (error === null || error === undefined) resolve(unsigned(code))
          else reject(error instanceof Error ? error : new Error(`${name} was not called`))
        })
      }),
  }
}

/** LONG is signed in one library and wider in another; every code fits in 32 bits. */
function unsigned(code: unknown): number {
  return Number(code) >>> 0
}
