/*
 * The part of ankerl::unordered_dense that mediasoup's worker uses, over the standard containers,
 * which promise more than the dense ones do (references stay valid when the table grows), so code
 * written for the dense ones is correct with these.
 */
#ifndef RELAIS_UNORDERED_DENSE_BRIDGE_H
#define RELAIS_UNORDERED_DENSE_BRIDGE_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	/*
	 * The worker also combines these hashes itself, so numbers must be mixed well: the standard
	 * library's hash of a number is the number. The mixing is the finalizer of MurmurHash3.
	 */
	template<typename T>
	struct hash
	{
		uint64_t operator()(const T& value) const
		{
			if constexpr (std::is_integral_v<T> || std::is_enum_v<T>)
			{
				return mix(static_cast<uint64_t>(value));
			}
			else if constexpr (std::is_pointer_v<T>)
			{
				return mix(reinterpret_cast<uintptr_t>(value));
			}
			else
			{
				return std::hash<T>{}(value);
			}
		}

	private:
		static constexpr uint64_t mix(uint64_t x)
		{
			x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdull;
			x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53ull;

			return x ^ (x >> 33);
		}
	};

	template<typename Key, typename Value, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
	using map = std::unordered_map<Key, Value, Hash, Equal>;

	template<typename Key, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
	using set = std::unordered_set<Key, Hash, Equal>;
} // namespace ankerl::unordered_dense

#endif
