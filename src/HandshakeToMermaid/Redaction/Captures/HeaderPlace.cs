namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>Where something lies in a frame that is rewritten.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="HeaderEnd">Where the header ends.</param>
/// <param name="End">Where what the header is for ends, as far as it was captured.</param>
/// <param name="IsWhole">True where all of it was captured, so that it can be summed.</param>
internal readonly record struct HeaderPlace(HeaderKind Kind, int Start, int HeaderEnd, int End = 0, bool IsWhole = false);
