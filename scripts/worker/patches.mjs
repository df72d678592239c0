/**
 * What must change in the worker's source so that it compiles against the distribution's libraries.
 * Each `from` must occur exactly once: when mediasoup changes these lines, the build stops and says so.
 */
export const patches = [
  {
    file: 'meson.build',
    why: 'Debian 12 has meson 1.0, and nothing in the file needs more.',
    from: "meson_version: '>= 1.1.0'",
    to: "meson_version: '>= 1.0.0'",
  },
  {
    file: 'meson.build',
    why: 'A precompiled header takes a third off the time of the build.',
    from: "  cpp_args: cpp_args + ['-DMS_EXECUTABLE'],\n)",
    to: "  cpp_args: cpp_args + ['-DMS_EXECUTABLE'],\n  cpp_pch: 'precompiled/precompiled.hpp',\n)",
  },
  {
    file: 'src/RTC/DtlsTransport.cpp',
    why:
      'The callback answered 1 ("yes") to every question that OpenSSL asks of the network end, such as ' +
      '"does the kernel do TLS for sending?". Distributions compile kernel TLS in: OpenSSL then ' +
      'allocates no write buffer, and the worker dies at the first DTLS handshake. The real answer is ' +
      'in `ret` for every operation that carries the BIO_CB_RETURN bit, not only for the bare one.',
    from: 'const long resultOfcallback = (operationType == BIO_CB_RETURN) ? static_cast<long>(ret) : 1;',
    to: 'const long resultOfcallback = (operationType & BIO_CB_RETURN) ? static_cast<long>(ret) : 1;',
  },
];
