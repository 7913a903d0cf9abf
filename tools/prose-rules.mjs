// What documents do not say, what to write instead, and for each rule a sentence that it reports.

/** @typedef {{ pattern: RegExp, write: string, bad: string }} Wording */

/** @type {Record<string, Wording>} */
export const WORDING = {
  future: {
    pattern: /\b(will|shall)\b|\w[’']ll\b/gi,
    write: 'use the present tense',
    bad: 'The callback will redeem the code.',
  },
  we: {
    pattern: /\b(we|our|ours|ourselves)\b/gi,
    write: 'name Landfall, or say “you”',
    bad: 'We never read our cookies twice.',
  },
  'passive with its actor': {
    pattern:
      /\b(is|are|was|were|be|been|being)\s+(\w+ed|\w+en|made|read|sent|kept|told|set|found|built)\s+by\s/gi,
    write: 'make the actor the subject',
    bad: 'The code is redeemed by the callback.',
  },
  'a clause as subject': {
    pattern: /(?<=^|[.:;|] )What (?!to\b)[^.?!|]*(?=[.!;]|$)/gm,
    write: 'name the thing that the clause describes',
    bad: 'What is none of these goes to the start page.',
  },
  'a relative without a noun': {
    pattern: /\b(whoever|whomever|whatever|whichever)\b|(?<=^|[.:;|] )Who (?!must\b)[^.?!|]*(?=[.!;]|$)/gim,
    write: 'write “a person who …”, “any … that …”',
    bad: 'Whoever has the cookie wins.',
  },
  whose: {
    pattern: /\bwhose (mistake|fault|turn|business)\b/gi,
    write: 'say who must act',
    bad: 'The page says whose mistake that is.',
  },
  ellipsis: {
    pattern:
      /\b(is|are|has|have|where) none\b|\bthe only one there is\b|\b(none|nothing|no \w+|every \w+|all) but\b/gi,
    write: 'write the whole sentence: “has no …”, “every … except …”',
    bad: 'A header that is none stops it, and all but the first go.',
  },
  inversion: {
    pattern:
      /(?<=^|[.;|] )(Nor|Neither|Never|Nowhere|Not until|Only then|Only if|Only when) (is|are|does|do|can|has|have|was|were|must)\b/gm,
    write: 'put the subject first',
    bad: 'Only then does the core answer.',
  },
  else: {
    pattern: /[,;] (or )?else\b|\bsave for\b/gi,
    write: 'write “otherwise”, “except”',
    bad: 'Set it, else nobody signs in.',
  },
  archaic: {
    pattern:
      /\b(hence|thus|thereby|therein|thereof|whereby|wherein|whence|thence|lest|albeit|anew|amiss|upon|whither|as it stands)\b/gi,
    write: 'use the common word: so, again, on, or',
    bad: 'The key is made anew, lest it leak.',
  },
  'in place of': {
    pattern:
      /\b(in place of|in the manner of|in spite of|in order to|so as to|prior to|due to the fact that)\b/gi,
    write: 'write “instead of”, “like”, “despite”, “to”, “before”, “because”',
    bad: 'Use a link in place of a form.',
  },
  latin: {
    pattern: /\b(e\.g\.|i\.e\.|etc\.|via|vs\.|viz\.|per se)(?!\w)/gi,
    write: 'use English: “such as”, “that is”, “through”',
    bad: 'Set a header, e.g. Accept.',
  },
  filler: {
    pattern: /\b(simply|obviously|of course|easily|basically|actually|just|please note|note that)\b/gi,
    write: 'leave the word out',
    bad: 'You just add one line.',
  },
  'has to': {
    pattern: /\b(has|have) to\b/gi,
    write: 'write “must”, or give the command',
    bad: 'The proxy has to set the header.',
  },
}

/** Phrases that write-good calls wordy, and that technical text needs. */
export const NEEDED =
  /^"(it is|it was|all of|multiple|in between|therefore|outside of|a number of|authorize|type|option|request)"/i

/** Characters of a sentence, about 26 words. Lists of names do not count: links between dots, error codes, packages with their versions. */
export const MAX_SENTENCE = 160
export const UNCOUNTED = ['/[^·]+ ·\\s/g', '/\\w+_\\w+(, )?/g', '/[@\\w/.-]+ \\d+[\\d.]*(, |\\.)/g']
