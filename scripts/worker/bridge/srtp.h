/*
 * The part of libsrtp 3's interface that mediasoup's worker uses, over the libsrtp 2 that Linux
 * distributions ship.
 *
 * Two things differ. A policy is an opaque object with setters (libsrtp 2: a struct the caller
 * fills in), and packets go from an input buffer to an output buffer of stated size (libsrtp 2: in
 * place, trusting the caller to have left room behind the packet). Everything cryptographic is
 * libsrtp 2's own. Names that did not change are libsrtp 2's declarations, seen through this header.
 *
 * Tested against an independent implementation of SRTP: scripts/worker/test.
 */
#ifndef RELAIS_SRTP_BRIDGE_H
#define RELAIS_SRTP_BRIDGE_H

/* libsrtp 3 gives this name to another type, so libsrtp 2's struct steps aside. */
#define srtp_policy_t relais_srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

/* Two error codes that only libsrtp 3 has, with the numbers that follow libsrtp 2's last one. */
constexpr auto srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
constexpr auto srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

struct relais_srtp_policy
{
	relais_srtp2_policy_t v2{};
	srtp_profile_t profile{ srtp_profile_reserved };
	bool hasKey{ false };
	/* libsrtp 2 wants the master key and the salt one behind the other. */
	uint8_t keyAndSalt[SRTP_MAX_KEY_LEN]{};

	~relais_srtp_policy()
	{
		/* Volatile, so that the compiler cannot drop the erasure of a key nobody reads again. */
		volatile uint8_t* byte = this->keyAndSalt;

		for (size_t i = 0; i < sizeof(this->keyAndSalt); ++i)
		{
			byte[i] = 0;
		}
	}
};

using srtp_policy_t = relais_srtp_policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) relais_srtp_policy;

	return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->v2.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	/* Null ciphers authenticate without hiding anything: WebRTC forbids them (RFC 8827, 6.5). */
	if (profile == srtp_profile_null_sha1_80 || profile == srtp_profile_null_sha1_32)
	{
		return srtp_err_status_bad_param;
	}

	const auto rtp = srtp_crypto_policy_set_from_profile_for_rtp(&policy->v2.rtp, profile);

	if (rtp != srtp_err_status_ok)
	{
		return rtp;
	}

	policy->profile = profile;

	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->v2.rtcp, profile);
}

/* One key without identifier (MKI), of exactly the lengths that the profile set before asks for. */
inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t keyLen,
  const uint8_t* salt,
  size_t saltLen,
  const uint8_t* mki,
  size_t mkiLen)
{
	if (
	  policy->profile == srtp_profile_reserved || policy->hasKey || mki || mkiLen != 0 ||
	  keyLen != srtp_profile_get_master_key_length(policy->profile) ||
	  saltLen != srtp_profile_get_master_salt_length(policy->profile) ||
	  keyLen + saltLen > sizeof(policy->keyAndSalt))
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->keyAndSalt, key, keyLen);
	std::memcpy(policy->keyAndSalt + keyLen, salt, saltLen);
	policy->v2.key = policy->keyAndSalt;
	policy->hasKey = true;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->v2.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t size)
{
	/* The bounds that RFC 3711 (3.3.2) and libsrtp set. */
	if (size < 64 || size >= 0x8000)
	{
		return srtp_err_status_bad_param;
	}

	policy->v2.window_size = size;

	return srtp_err_status_ok;
}

/* A policy without key must not reach libsrtp 2, which would read through a null pointer. */
inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	if (!policy || !policy->hasKey)
	{
		return srtp_err_status_bad_param;
	}

	return srtp_create(session, &policy->v2);
}

/* As in libsrtp 2, the SSRC comes in network byte order. */
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

namespace relais_srtp
{
	using InPlace = srtp_err_status_t (*)(srtp_t, void*, int*);

	/* libsrtp 2 counts in int; no datagram and no TCP frame is longer than this. */
	constexpr size_t MaxPacket{ 65536 };

	/*
	 * Moves the packet into the output buffer and lets libsrtp 2 work on it there. `growth` is the
	 * most that the operation may add behind the packet.
	 */
	inline srtp_err_status_t run(
	  InPlace operation, srtp_t session, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t growth)
	{
		if (inLen > MaxPacket)
		{
			return srtp_err_status_bad_param;
		}

		if (*outLen < inLen + growth)
		{
			return srtp_err_status_buffer_small;
		}

		if (out != in)
		{
			std::memmove(out, in, inLen);
		}

		int len        = static_cast<int>(inLen);
		const auto err = operation(session, out, &len);

		if (err != srtp_err_status_ok)
		{
			return err;
		}

		/* A result outside of the buffer would be a defect of the library: never hand it on. */
		if (len < 0 || static_cast<size_t>(len) > inLen + growth)
		{
			return srtp_err_status_fail;
		}

		*outLen = static_cast<size_t>(len);

		return srtp_err_status_ok;
	}
} // namespace relais_srtp

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t mkiIndex)
{
	if (mkiIndex != 0)
	{
		return srtp_err_status_bad_mki;
	}

	return relais_srtp::run(&srtp_protect, session, rtp, rtpLen, srtp, srtpLen, SRTP_MAX_TAG_LEN);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	return relais_srtp::run(&srtp_unprotect, session, srtp, srtpLen, rtp, rtpLen, 0);
}

/* SRTCP adds its own index (4 bytes) in front of the tag. */
inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t mkiIndex)
{
	if (mkiIndex != 0)
	{
		return srtp_err_status_bad_mki;
	}

	return relais_srtp::run(
	  &srtp_protect_rtcp, session, rtcp, rtcpLen, srtcp, srtcpLen, SRTP_MAX_TAG_LEN + 4);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	return relais_srtp::run(&srtp_unprotect_rtcp, session, srtcp, srtcpLen, rtcp, rtcpLen, 0);
}

#endif
