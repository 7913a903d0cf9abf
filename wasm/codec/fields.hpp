#pragma once

#include <cstdint>

#include "codec/messages.def"

/// The field tables of messages.def as enums: RequestField::now, StepKind::fetch …
namespace landfall {

#define LANDFALL_ENUMERATOR(name) name,
enum class Operation : std::uint32_t { LANDFALL_OPERATION(LANDFALL_ENUMERATOR) };
enum class RequestField : std::uint32_t { LANDFALL_REQUEST(LANDFALL_ENUMERATOR) };
enum class RequestHeader : std::uint32_t { LANDFALL_REQUEST_HEADER(LANDFALL_ENUMERATOR) };
enum class StartField : std::uint32_t { LANDFALL_START(LANDFALL_ENUMERATOR) };
enum class FailField : std::uint32_t { LANDFALL_FAIL(LANDFALL_ENUMERATOR) };
enum class StepKind : std::uint32_t { LANDFALL_STEP(LANDFALL_ENUMERATOR) };
enum class RespondField : std::uint32_t { LANDFALL_RESPOND(LANDFALL_ENUMERATOR) };
enum class FetchField : std::uint32_t { LANDFALL_FETCH(LANDFALL_ENUMERATOR) };
enum class SignField : std::uint32_t { LANDFALL_SIGN(LANDFALL_ENUMERATOR) };
enum class VerifyField : std::uint32_t { LANDFALL_VERIFY(LANDFALL_ENUMERATOR) };
enum class BodyField : std::uint32_t { LANDFALL_BODY(LANDFALL_ENUMERATOR) };
enum class SessionField : std::uint32_t { LANDFALL_SESSION(LANDFALL_ENUMERATOR) };
enum class SignOutField : std::uint32_t { LANDFALL_SIGN_OUT(LANDFALL_ENUMERATOR) };
enum class RevokedField : std::uint32_t { LANDFALL_REVOKED(LANDFALL_ENUMERATOR) };
enum class AccessTokenField : std::uint32_t { LANDFALL_ACCESS_TOKEN(LANDFALL_ENUMERATOR) };
enum class LogoutField : std::uint32_t { LANDFALL_LOGOUT(LANDFALL_ENUMERATOR) };
enum class StartedField : std::uint32_t { LANDFALL_STARTED(LANDFALL_ENUMERATOR) };
enum class StoredSessionField : std::uint32_t { LANDFALL_STORED_SESSION(LANDFALL_ENUMERATOR) };
enum class ReadyField : std::uint32_t { LANDFALL_READY(LANDFALL_ENUMERATOR) };
enum class RefusedField : std::uint32_t { LANDFALL_REFUSED(LANDFALL_ENUMERATOR) };
#undef LANDFALL_ENUMERATOR

}  // namespace landfall
