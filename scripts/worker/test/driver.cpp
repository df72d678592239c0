/*
 * Lets a test drive the bridge over libsrtp 2: one command a line in, one answer a line out. It calls
 * the bridge as the worker's SrtpSession does: protecting from one buffer into another, unprotecting
 * in place. Buffers have exactly the stated size, with guard bytes behind them that must stay as
 * they are. The last argument of a packet command is what the bridge is told about the size of the
 * output buffer, if that is to differ from the default.
 */
#include "srtp.h"
#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using Bytes = std::vector<uint8_t>;

static constexpr size_t GuardSize{ 64 };
static constexpr uint8_t Guard{ 0xA5 };
static std::map<std::string, srtp_t> sessions;

static const std::map<std::string, srtp_profile_t> profiles = {
	{ "AES_CM_128_HMAC_SHA1_80", srtp_profile_aes128_cm_sha1_80 },
	{ "AES_CM_128_HMAC_SHA1_32", srtp_profile_aes128_cm_sha1_32 },
	{ "AEAD_AES_128_GCM", srtp_profile_aead_aes_128_gcm },
	{ "AEAD_AES_256_GCM", srtp_profile_aead_aes_256_gcm },
	{ "NULL_HMAC_SHA1_80", srtp_profile_null_sha1_80 },
};

static Bytes fromHex(const std::string& hex)
{
	Bytes bytes;

	for (size_t i = 0; hex != "-" && i + 1 < hex.size(); i += 2)
	{
		bytes.push_back(static_cast<uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
	}

	return bytes;
}

static std::string answer(srtp_err_status_t err)
{
	return err == srtp_err_status_ok ? "ok" : "err " + std::to_string(err);
}

static std::string answer(srtp_err_status_t err, const uint8_t* bytes, size_t len)
{
	std::string text = answer(err) + " ";
	char hex[3];

	for (size_t i = 0; err == srtp_err_status_ok && i < len; ++i)
	{
		std::snprintf(hex, sizeof(hex), "%02x", bytes[i]);
		text += hex;
	}

	return text;
}

/* Key and salt are split where the caller says, so that wrong lengths can be tried. */
static std::string create(std::istringstream& line)
{
	std::string name, direction, profile, key, salt, mki;
	line >> name >> direction >> profile >> key >> salt >> mki;
	const Bytes k = fromHex(key), s = fromHex(salt), m = fromHex(mki.empty() ? "-" : mki);
	srtp_policy_t policy{ nullptr };
	auto err = srtp_policy_create(&policy);
	srtp_ssrc_t ssrc{ direction == "in" ? ssrc_any_inbound : ssrc_any_outbound, 0 };

	if (!err) err = srtp_policy_set_ssrc(policy, ssrc);
	if (!err) err = srtp_policy_set_profile(policy, profiles.at(profile));
	if (!err && key != "-") err = srtp_policy_add_key(policy, k.data(), k.size(), s.data(), s.size(), m.empty() ? nullptr : m.data(), m.size());
	if (!err) err = srtp_policy_set_allow_repeat_tx(policy, true);
	if (!err) err = srtp_policy_set_window_size(policy, 1024);
	if (!err) err = srtp_create(&sessions[name], policy);

	srtp_policy_destroy(policy);

	return answer(err);
}

/* A heap buffer of exactly `size` bytes to use, with the guard behind it. */
struct Guarded
{
	Bytes memory;
	size_t size;

	explicit Guarded(size_t size) : memory(size + GuardSize, Guard), size(size) {}
	~Guarded()
	{
		for (size_t i = this->size; i < this->memory.size(); ++i)
		{
			if (this->memory[i] != Guard)
			{
				std::cout << "overrun" << std::endl;
				std::_Exit(3);
			}
		}
	}
};

static std::string packet(const std::string& command, std::istringstream& line)
{
	std::string name, hex;
	size_t stated{ SIZE_MAX }, mkiIndex{ 0 };
	line >> name >> hex >> stated >> mkiIndex;
	const Bytes in   = fromHex(hex);
	srtp_t session   = sessions.at(name);
	const bool isOut = command == "protect" || command == "protect_rtcp";
	/* In and out of the exact sizes that suffice, so that one byte too many is noticed. */
	size_t len = stated != SIZE_MAX ? stated : in.size() + (isOut ? SRTP_MAX_TRAILER_LEN : 0);
	Guarded out(len);
	srtp_err_status_t err;

	if (command == "protect") err = srtp_protect(session, in.data(), in.size(), out.memory.data(), &len, mkiIndex);
	else if (command == "protect_rtcp") err = srtp_protect_rtcp(session, in.data(), in.size(), out.memory.data(), &len, mkiIndex);
	else
	{
		const uint8_t* source = in.data();

		if (stated == SIZE_MAX)
		{
			std::copy(in.begin(), in.end(), out.memory.begin());
			source = out.memory.data();
		}

		err = command == "unprotect" ? srtp_unprotect(session, source, in.size(), out.memory.data(), &len)
		                             : srtp_unprotect_rtcp(session, source, in.size(), out.memory.data(), &len);
	}

	return answer(err, out.memory.data(), len);
}

int main()
{
	std::string text;

	if (srtp_init() != srtp_err_status_ok)
	{
		return 2;
	}

	while (std::getline(std::cin, text))
	{
		std::istringstream line(text);
		std::string command, name;
		uint32_t number;
		line >> command;

		if (command == "create") std::cout << create(line);
		else if (command == "remove" && line >> name >> number) std::cout << answer(srtp_stream_remove(sessions.at(name), htonl(number)));
		else if (command == "window" && line >> number)
		{
			relais_srtp_policy policy;
			std::cout << answer(srtp_policy_set_window_size(&policy, number));
		}
		else if (command == "close" && line >> name)
		{
			std::cout << answer(srtp_dealloc(sessions.at(name)));
			sessions.erase(name);
		}
		else if (command == "codes") std::cout << "ok " << srtp_err_status_buffer_small << "," << srtp_err_status_cryptex_err;
		else std::cout << packet(command, line);

		std::cout << std::endl;
	}

	for (const auto& [_, session] : sessions)
	{
		if (session) srtp_dealloc(session);
	}

	return srtp_shutdown() == srtp_err_status_ok ? 0 : 2;
}
