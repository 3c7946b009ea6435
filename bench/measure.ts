import { spawn } from 'node:child_process'

/** One run of a program, as the operating system saw it: seconds, and the peak memory of the process in MB. */
export interface Measured {
  wall: number
  cpu: number
  memory: number
  code: number
}

/** Runs a program to its end, start included; what it prints is thrown away. Needs GNU time. */
export function measure(program: string, args: readonly string[], cwd: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn('/usr/bin/time', ['-f', '%e %U %S %M', program, ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-4096)
    })
    child.on('error', () => reject(new Error('GNU time is missing; install the package time.')))
    child.on('close', (code) => {
      const [wall = 0, user = 0, system = 0, kilobytes = 0] = (stderr.trim().split('\n').at(-1) ?? '')
        .split(' ')
        .map(Number)
      resolve({ wall, cpu: user + system, memory: kilobytes / 1024, code: code ?? -1 })
    })
  })
}

/** Runs two programs in turn, so that a machine whose speed drifts treats both alike; answers with the medians. */
export async function inTurn(
  runs: number,
  a: () => Promise<Measured>,
  b: () => Promise<Measured>,
): Promise<[Measured, Measured]> {
  const [ofA, ofB]: [Measured[], Measured[]] = [[], []]
  for (let run = 0; run < runs; run++) {
    ofA.push(await a())
    ofB.push(await b())
  }
  return [median(ofA), median(ofB)]
}

function median(all: readonly Measured[]): Measured {
  const middle = (of: (each: Measured) => number) => all.map(of).sort((x, y) => x - y)[Math.floor(all.length / 2)] ?? 0
  return {
    wall: middle((m) => m.wall),
    cpu: middle((m) => m.cpu),
    memory: middle((m) => m.memory),
    code: all[0]?.code ?? -1,
  }
}
