namespace HandshakeToMermaid.Streams;

/// <summary>One of the two ways of a flow. Which end is the client is found out later and is not this.</summary>
internal enum Direction : byte
{
    /// <summary>From the end that was seen sending first.</summary>
    Forward = 0,

    /// <summary>The other way.</summary>
    Reverse = 1,
}
