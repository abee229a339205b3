using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Link;

/// <summary>The payload of a link or tunnel header: its offset and protocol.</summary>
/// <param name="HeaderLength">Bytes up to the next header; more than the frame holds where the frame ends inside this one.</param>
/// <param name="EtherType">What the next header is; <see cref="EtherType.None"/> where it is nothing that is read here.</param>
/// <param name="Fault">What is wrong with the header, if anything.</param>
internal readonly record struct Encapsulation(int HeaderLength, ushort EtherType, WireFault Fault = default);
