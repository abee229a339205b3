using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>
/// Records one conversation of a supplicant up to its refusal or its logoff. A supplicant that was let in may leave hours later: until then, or until nothing came for long, the
/// conversation is open. What begins the next one ends it.
/// </summary>
internal sealed class EapolFilter : IDatagramFilter
{
    private readonly EapolProgress progress = new();

    /// <inheritdoc/>
    public bool IsOver => progress.IsOver;

    /// <inheritdoc/>
    public DatagramChoice Choose(Direction from, ReadOnlySpan<byte> payload, int length)
    {
        var frame = new EapolFrame(payload);
        if (progress.BeginsAnother(frame)) return DatagramChoice.BeginsAnother;
        progress.Take(frame);
        return DatagramChoice.Record;
    }

    /// <inheritdoc/>
    public (int Units, long Bytes) Measure(ReadOnlySpan<byte> payload, int length) => (1, length);
}
