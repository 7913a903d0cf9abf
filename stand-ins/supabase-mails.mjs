// /otp and /recover: the link that a mail would hold goes into a list. An unknown address becomes a user, at /recover too.
import { readJson } from './supabase-json-body.mjs'

/** Answers a request for a link of a type. @param {'magiclink' | 'recovery'} type */
export const sendLink =
  (type) =>
  (request, { emailLinks, allowList, mails, api }) => {
    const { email, code_challenge: codeChallenge, ...more } = readJson(request, 'OtpParams')
    const codeChallengeMethod = more.code_challenge_method ?? undefined
    const token = emailLinks.issue({ type, email, codeChallenge, codeChallengeMethod })
    const wanted = request.query.get('redirect_to') ?? ''
    const redirectTo = allowList.choose(wanted, request.headers.get('referer'))
    mails.push({
      email,
      link: `${api}/verify?${new URLSearchParams({ token, type, redirect_to: redirectTo })}`,
    })
    return { status: 200, body: {} }
  }
