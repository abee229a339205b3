using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>Records everything up to the decision of the server. An authenticator uses one port for all its supplicants: an identity behind the decision begins another conversation.</summary>
internal sealed class RadiusFilter : IDatagramFilter
{
    private bool isDecided;

    /// <inheritdoc/>
    public bool IsOver => isDecided;

    /// <inheritdoc/>
    public DatagramChoice Choose(Direction from, ReadOnlySpan<byte> payload, int length)
    {
        if (payload.IsEmpty) return DatagramChoice.Record;
        if (isDecided && RadiusProtocol.Begins(payload)) return DatagramChoice.BeginsAnother;
        isDecided |= payload[0] is RadiusPacket.AccessAccept or RadiusPacket.AccessReject;
        return DatagramChoice.Record;
    }

    /// <inheritdoc/>
    public (int Units, long Bytes) Measure(ReadOnlySpan<byte> payload, int length) => (1, length);
}
