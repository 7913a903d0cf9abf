#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Every number that bounds something, with its unit in its name.
namespace landfall {

// Input. Larger input has its own outcome and is not read further.
constexpr std::size_t kMaxMessageBytes = 2u << 20;
constexpr std::size_t kMaxUrlBytes = 256u << 10;
constexpr std::size_t kMaxFormBodyBytes = 64u << 10;
constexpr std::size_t kMaxCookieHeaderBytes = 64u << 10;
constexpr std::size_t kMaxStateBytes = 128;
constexpr std::size_t kMaxCodeBytes = 16u << 10;
/// The name and the address that Apple posts once.
constexpr std::size_t kMaxPostedUserBytes = 4u << 10;
constexpr std::size_t kMaxErrorBytes = 128;
constexpr std::size_t kMaxErrorDescriptionBytes = 512;
constexpr std::size_t kMaxDescriptionWordBytes = 24;  // codes and tokens are longer (RFC 6749 10.10), words are not
constexpr std::size_t kMaxHostLabelBytes = 63;
constexpr std::size_t kMaxHostNameBytes = 253;
constexpr std::size_t kMaxForwardedParameters = 16;

// `next`. The check itself reads long targets, but a target must fit into a cookie.
constexpr std::size_t kMaxNextBytes = 32u << 10;
constexpr std::size_t kMaxSealedNextBytes = 2048;

/// How often proxies, the framework and the app may percent-decode a path before a router reads it.
constexpr int kMaxRouteDecodings = 3;

// Cookies (RFC 6265 6.1: browsers keep at least 4096 bytes a cookie).
constexpr std::size_t kMaxCookieBytes = 4096;
constexpr std::size_t kMaxCookieAttributeBytes = 1024;
constexpr std::size_t kMaxCookieCandidates = 8;
/// The most cookies that one reply removes, even when a request has more forged ones.
constexpr std::size_t kMaxCookiesSwept = 32;
constexpr std::int64_t kMaxCookieAgeSeconds = std::int64_t{400} * 24 * 60 * 60;

// Transactions.
constexpr std::int64_t kTransactionSeconds = 600;
/// Of a link to sign-in. An e-mail address has at most 254 (RFC 5321 4.5.3.1.3), a signed hint some more.
constexpr std::size_t kMaxAskedParameterBytes = 1u << 10;
constexpr std::int64_t kClockSkewSeconds = 30;
constexpr std::int64_t kMaxClockToleranceSeconds = 600;
/// The last second that JavaScript counts exactly (RFC 8259 6).
constexpr std::int64_t kMaxNumericDate = (std::int64_t{1} << 53) - 1;
constexpr std::size_t kMaxTransactions = 5;
constexpr std::size_t kMaxTransactionsBytes = 6u << 10;

/// The shape of a UUID (RFC 9562 4): an x is a hexadecimal digit.
constexpr std::string_view kUuidShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

// Sessions of our own. nginx reads header lines of 8 KiB: two cookies of a session fit, beside others.
constexpr std::size_t kSealedCookieBytes = 3600;
constexpr std::size_t kSidBytes = 12;
constexpr std::int64_t kOwnSessionSeconds = std::int64_t{30} * 24 * 60 * 60;
constexpr std::int64_t kOwnSessionIdleSeconds = std::int64_t{7} * 24 * 60 * 60;
/// A session's cookie is written again after this part of `idle`.
constexpr std::int64_t kOwnSessionRenewals = 10;
/// An access token that getAccessToken gives lives for so long, unless the app asks for more.
constexpr std::int64_t kMinTokenSeconds = 60;
/// So long a request that comes with the old refresh token gets what the new one brought.
constexpr std::int64_t kRefreshMemorySeconds = 60;

// Supabase Auth. The life of a sign-in begins at /authorize. auth-js keeps five code_verifiers. @supabase/ssr splits a
// session's cookie at this length.
constexpr std::int64_t kSupabaseFlowSeconds = 300;
constexpr std::size_t kMaxSupabaseFlows = 5;
constexpr std::size_t kSessionChunkBytes = 3180;
/// The largest session that a server accepts as a header, 300 kB, has chunk numbers of two digits at most. These chunks
/// are read no matter how many other cookies there are, such as verifiers and unused chunks.
constexpr std::size_t kMaxSessionChunkDigits = 2;
constexpr std::size_t kMaxOtherProjectCookies = 64;
constexpr std::size_t kMaxProjectCookies = 1 + 100 + kMaxOtherProjectCookies;
constexpr std::size_t kMinFlowIdBytes = 8;
constexpr std::size_t kMaxFlowIdBytes = 64;
constexpr std::size_t kMaxTokenHashBytes = 512;
constexpr std::size_t kMaxCookieNameBytes = 256;
/// auth-js treats a session as expired this long before its end.
constexpr std::int64_t kExpiryMarginSeconds = 90;
/// nginx and others accept header lines of 8 KiB. A Cookie header may fill this much of one before a warning.
constexpr std::size_t kLargeCookieHeaderBytes = 7u << 10;
/// The warning names members of at least this size.
constexpr std::size_t kLargeMemberBytes = 256;
/// A request that failed temporarily is repeated this often: after kRetryDelayMilliseconds, then after twice that.
constexpr std::int64_t kMaxRetries = 2;
/// Without a flow id, this many code_verifiers are tried, because a wrong one does not use up the code: those of sealed
/// transactions (several tabs with `exactRedirectTo`), and those of flows without other hints.
constexpr std::size_t kMaxSealedAttempts = kMaxTransactions;
constexpr std::size_t kMaxUnsealedAttempts = 1;
constexpr std::int64_t kRetryDelayMilliseconds = 200;

// Keys and random bytes.
constexpr std::size_t kMinSecretBytes = 32;
constexpr std::size_t kStateEntropyBytes = 32;
constexpr std::size_t kCodeVerifierEntropyBytes = 32;
constexpr std::size_t kNonceEntropyBytes = 32;
constexpr std::size_t kEntropyBytes = kStateEntropyBytes + kCodeVerifierEntropyBytes + kNonceEntropyBytes;

/// A P-256 key as PKCS#8 without its public half has more (RFC 5958, RFC 5915).
constexpr std::size_t kMinPrivateKeyBytes = 64;
/// A client secret that a key signs stays the same until the next multiple of the first, and is valid for the second.
/// Apple allows half a year.
constexpr std::int64_t kClientSecretStepSeconds = 3600;
constexpr std::int64_t kClientSecretSeconds = 2 * kClientSecretStepSeconds;

// Requests to the provider.
constexpr std::int64_t kFetchDeadlineMilliseconds = 10'000;
/// Supabase Auth gives up after 10 seconds itself, and says so.
constexpr std::int64_t kSupabaseDeadlineMilliseconds = 12'000;
/// So long after its deadline a request has failed for sure.
constexpr std::int64_t kFetchSlackMilliseconds = 1000;
/// So long a request waits for the answer to another one. Workers end the request of a client that leaves, and its
/// promise with it: whoever waits must ask again.
constexpr std::int64_t kPatienceMilliseconds = 3'000;
/// A provider may take a refresh token once, and end all tokens when it comes again: a second renewal begins only when
/// the first has failed for sure.
constexpr std::int64_t kRenewalPatienceMilliseconds = kFetchDeadlineMilliseconds + kFetchSlackMilliseconds;
/// Supabase Auth takes a refresh token again for ten seconds: a renewal that died with its client is made again before.
constexpr std::int64_t kSupabaseRenewalPatienceMilliseconds = 8'000;
/// The app's own check of a signature may take so long.
constexpr std::int64_t kVerifySeconds = 10;
/// A longer Retry-After is for the person.
constexpr std::int64_t kMaxRetryAfterSeconds = 5;
constexpr std::size_t kMaxFetchBytes = 1u << 20;
constexpr std::int64_t kMetadataMaxAgeSeconds = 600;
constexpr std::int64_t kJwksRefetchSeconds = 10;
constexpr std::size_t kMaxTokenBytes = 128u << 10;

/// A session's JSON in ASCII. Each character of a response can become six, and memory must hold the text several times.
constexpr std::size_t kMaxSessionBytes = 2u << 20;

/// A longer text is no name, and no address of a picture that a page would load.
constexpr std::size_t kMaxProfileTextBytes = 2u << 10;

// Token answers: a lifetime above a century counts as a century.
constexpr std::int64_t kMaxExpiresInSeconds = 3'155'760'000;

// JSON.
constexpr std::size_t kMaxJsonDepth = 64;
/// Of members with any name: each is compared with all before it.
constexpr std::size_t kMaxJsonNames = 1u << 10;
/// Of wanted members: a key set with 1,000 keys has them.
constexpr std::size_t kMaxJsonMembers = 12u << 10;
constexpr std::size_t kMaxConfigBytes = 64u << 10;
/// The deepest option: supabase.providers.<name>.queryParams.<parameter>.
constexpr std::size_t kMaxOptionDepth = 5;

// ID Tokens. Keys below the minimum can be factored (RFC 7518 3.3). Keys above the maximum take seconds to verify.
constexpr std::size_t kMinRsaBits = 2048;
constexpr std::size_t kMaxRsaBits = 16384;
constexpr std::size_t kMaxSubBytes = 255;

}  // namespace landfall
