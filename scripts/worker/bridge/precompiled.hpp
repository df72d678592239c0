/*
 * Read by the compiler once instead of for each of the worker's 210 files: the standard library and
 * what else most of them include. It changes nothing but the time that the build takes.
 */
#include "common.hpp"
#include <ankerl/unordered_dense.h>
#include <array>
#include <cmath>
#include <cstring>
#include <deque>
#include <flatbuffers/flatbuffers.h>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <uv.h>
#include <vector>
