import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What a client sent, as it arrived. */
export interface Call {
  method: string
  /** Path and query. */
  path: string
  authorization?: string
  accept?: string
  body: string
}

export type Listener = (call: Call, response: ServerResponse) => void

export interface Served {
  /** Address and port. */
  host: string
  url: string
  calls: Call[]
  /** Connections that are open. */
  sockets: ReadonlySet<Socket>
  close(): Promise<void>
}

/** A server on a port of this machine that writes down what it is asked. */
export async function serve(listener: Listener, address = '127.0.0.1'): Promise<Served> {
  const calls: Call[] = []
  const sockets = new Set<Socket>()
  const server = createServer(async (request, response) => {
    const call = await read(request)
    calls.push(call)
    listener(call, response)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, address, resolve))
  const host = `${address}:${(server.address() as AddressInfo).port}`
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  return { host, url: `http://${host}`, calls, sockets, close }
}

async function read(request: IncomingMessage): Promise<Call> {
  let body = ''
  for await (const chunk of request) body += chunk
  const { authorization, accept } = request.headers
  return {
    method: `${request.method}`,
    path: `${request.url}`,
    ...(authorization !== undefined && { authorization }),
    ...(accept !== undefined && { accept }),
    body,
  }
}
