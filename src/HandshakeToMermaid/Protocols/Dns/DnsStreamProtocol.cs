using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>DNS over TCP (RFC 7766) on port 53; its look-ups are told through the observer that watches UDP.</summary>
public sealed class DnsStreamProtocol(DnsObserver observer) : IStreamProtocol
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, TcpFlow flow)
    {
        if (flow.Responder.Port != DnsPort.Dns && flow.Initiator.Port != DnsPort.Dns) return ProbeVerdict.NotForUs;
        if (start.Length < Least) return ProbeVerdict.Unsure;

        // Length, ID, flags, QDCOUNT: an opcode in use, few questions, and no response code in a query, which a TLS record has there.
        var length = (start[0] << 8) | start[1];
        var opcode = (start[4] >> 3) & 0xF;
        var questions = (start[6] << 8) | start[7];
        if ((start[4] & 0x80) == 0 && (start[5] & 0xF) != 0) return ProbeVerdict.NotForUs;
        return length >= Header && opcode <= LastOpcode && questions <= MostQuestions ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public IStreamDialogue Begin(TcpFlow flow) => new DnsStreamDialogue(observer, flow);

    private const int Header = 12;
    private const int Least = 8;
    private const int LastOpcode = 6;
    private const int MostQuestions = 64;
}
