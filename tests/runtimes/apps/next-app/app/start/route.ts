// signIn in a route of the app, with options from the query; answers with the code of an error of Landfall's.
import { LandfallError, type StartOptions } from 'landfall'
import { signIn } from 'landfall/next'
import { auth } from '../../lib/auth'

export const GET = async (request: Request) => {
  const options: StartOptions = JSON.parse(new URL(request.url).searchParams.get('options') ?? '')
  try {
    return await signIn(auth, options)
  } catch (error) {
    if (error instanceof LandfallError) return Response.json(error.code, { status: 400 })
    throw error
  }
}
