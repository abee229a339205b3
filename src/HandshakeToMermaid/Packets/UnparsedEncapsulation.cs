namespace HandshakeToMermaid.Packets;

/// <summary>Frames that wrap their packets in something that is not looked into here.</summary>
/// <param name="Name">What wraps them, with its number: "GRE (IP protocol 47)".</param>
/// <param name="Tally">The frames.</param>
internal sealed record UnparsedEncapsulation(string Name, FrameTally Tally);
