// The little of WASI that a command-line program needs, kept in memory: arguments, one clock, printed text, written files.

/** What a program left behind. */
export type ProgramResult = {
  readonly exitCode: number
  /** Everything printed to standard output and standard error. */
  readonly printed: string
  /** Files it wrote, by the path it opened. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

const SUCCESS = 0
const BAD_DESCRIPTOR = 8
const ROOT = 3

class Exit {
  readonly code: number
  constructor(code: number) {
    this.code = code
  }
}

type OpenFile = { bytes: Uint8Array; length: number; position: number; readonly path: string | null }

/**
 * Runs a compiled WASI command once, in its own fresh memory, with nothing of the real machine in reach: no file, no
 * clock (it stands at zero, so that runs repeat exactly), no environment. Node's own WASI would open real descriptors
 * that only the garbage collector closes.
 * @param args the command line, program name first.
 * @throws WebAssembly.RuntimeError where the program traps.
 */
export async function runProgram(module: WebAssembly.Module, args: readonly string[]): Promise<ProgramResult> {
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  const argBytes = args.map((arg) => encoder.encode(`${arg}\0`))
  const open = new Map<number, OpenFile>()
  const files: OpenFile[] = []
  const printed = openFile(null)
  open.set(1, printed)
  open.set(2, printed)
  let nextDescriptor = ROOT + 1
  let memory: WebAssembly.Memory | undefined
  const view = () => new DataView(memory!.buffer)
  const bytesAt = (pointer: number, length: number) => new Uint8Array(memory!.buffer, pointer, length)

  const calls = {
    args_sizes_get(countAt: number, sizeAt: number) {
      view().setUint32(countAt, argBytes.length, true)
      view().setUint32(
        sizeAt,
        argBytes.reduce((sum, arg) => sum + arg.length, 0),
        true,
      )
      return SUCCESS
    },
    args_get(pointersAt: number, bufferAt: number) {
      let at = bufferAt
      for (const [i, arg] of argBytes.entries()) {
        view().setUint32(pointersAt + 4 * i, at, true)
        bytesAt(at, arg.length).set(arg)
        at += arg.length
      }
      return SUCCESS
    },
    clock_time_get(_clock: number, _precision: bigint, timeAt: number) {
      view().setBigUint64(timeAt, 0n, true)
      return SUCCESS
    },
    fd_close: (descriptor: number) => (open.delete(descriptor) ? SUCCESS : BAD_DESCRIPTOR),
    fd_fdstat_get(descriptor: number, at: number) {
      if (descriptor > ROOT && !open.has(descriptor)) return BAD_DESCRIPTOR
      bytesAt(at, 24).fill(0)
      const [characterDevice, directory, regularFile] = [2, 3, 4]
      view().setUint8(at, descriptor < ROOT ? characterDevice : descriptor === ROOT ? directory : regularFile)
      view().setBigUint64(at + 8, 0xffffffffffffffffn, true)
      view().setBigUint64(at + 16, 0xffffffffffffffffn, true)
      return SUCCESS
    },
    fd_fdstat_set_flags: () => SUCCESS,
    fd_prestat_get(descriptor: number, at: number) {
      if (descriptor !== ROOT) return BAD_DESCRIPTOR
      view().setUint32(at, 0, true)
      view().setUint32(at + 4, 1, true)
      return SUCCESS
    },
    fd_prestat_dir_name(descriptor: number, at: number) {
      if (descriptor !== ROOT) return BAD_DESCRIPTOR
      bytesAt(at, 1).set(encoder.encode('/'))
      return SUCCESS
    },
    fd_read(_descriptor: number, _vectors: number, _count: number, readAt: number) {
      view().setUint32(readAt, 0, true)
      return SUCCESS
    },
    fd_seek(descriptor: number, offset: bigint, whence: number, positionAt: number) {
      const file = open.get(descriptor)
      if (!file) return BAD_DESCRIPTOR
      const from = whence === 0 ? 0 : whence === 1 ? file.position : file.length
      file.position = from + Number(offset)
      view().setBigUint64(positionAt, BigInt(file.position), true)
      return SUCCESS
    },
    fd_write(descriptor: number, vectors: number, count: number, writtenAt: number) {
      const file = open.get(descriptor)
      if (!file) return BAD_DESCRIPTOR
      let written = 0
      for (let i = 0; i < count; i++) {
        const length = view().getUint32(vectors + 8 * i + 4, true)
        append(file, bytesAt(view().getUint32(vectors + 8 * i, true), length))
        written += length
      }
      view().setUint32(writtenAt, written, true)
      return SUCCESS
    },
    path_open(
      _directory: number,
      _lookup: number,
      pathAt: number,
      pathLength: number,
      _open: number,
      _rights: bigint,
      _inherited: bigint,
      _flags: number,
      descriptorAt: number,
    ) {
      const file = openFile(decoder.decode(bytesAt(pathAt, pathLength)))
      files.push(file)
      open.set(nextDescriptor, file)
      view().setUint32(descriptorAt, nextDescriptor++, true)
      return SUCCESS
    },
    proc_exit(code: number) {
      throw new Exit(code)
    },
  }

  const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: calls })
  memory = instance.exports.memory as WebAssembly.Memory
  let exitCode = 0
  try {
    ;(instance.exports._start as () => void)()
  } catch (error) {
    if (!(error instanceof Exit)) throw error
    exitCode = error.code
  }
  return {
    exitCode,
    printed: decoder.decode(printed.bytes.subarray(0, printed.length)),
    files: new Map(files.map((file) => [file.path!, file.bytes.subarray(0, file.length)])),
  }
}

function openFile(path: string | null): OpenFile {
  return { bytes: new Uint8Array(4096), length: 0, position: 0, path }
}

function append(file: OpenFile, bytes: Uint8Array): void {
  const end = file.position + bytes.length
  if (end > file.bytes.length) {
    const grown = new Uint8Array(Math.max(end, 2 * file.bytes.length))
    grown.set(file.bytes)
    file.bytes = grown
  }
  file.bytes.set(bytes, file.position)
  file.position = end
  file.length = Math.max(file.length, end)
}
