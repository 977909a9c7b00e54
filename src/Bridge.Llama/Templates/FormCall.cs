using System.Collections.Immutable;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Templates;

/// <summary>A call that was read.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">The arguments as JSON, UTF-8.</param>
/// <param name="Start">Where in the text they began, in bytes of UTF-8.</param>
/// <param name="Places">Where each value stood.</param>
internal sealed record FormCall(string Name, ReadOnlyMemory<byte> Arguments, int Start, ImmutableArray<MemberPlace> Places);
