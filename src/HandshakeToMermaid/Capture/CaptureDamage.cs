namespace HandshakeToMermaid.Capture;

/// <summary>A place from which a capture could not be read on.</summary>
/// <param name="Capture">The capture's name as the user gave it.</param>
/// <param name="Offset">The byte in the (uncompressed) capture where the trouble begins.</param>
/// <param name="Frame">The last frame that was read whole.</param>
/// <param name="What">One clause: "the file ends inside a frame of 1514 bytes".</param>
internal sealed record CaptureDamage(string Capture, long Offset, long Frame, string What)
{
    /// <summary>One sentence: what, where, what is there nevertheless.</summary>
    public override string ToString() => $"{Capture}: {What}, at byte {Offset}; read up to frame {Frame}.";
}
