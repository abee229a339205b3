using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>Cleartext HTTP. A CONNECT to a proxy is HTTP too: the proxy protocol must be probed first.</summary>
internal sealed class HttpProtocol : IStreamProtocol
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow) => Probe(start);

    /// <summary>Judges the first bytes of one direction.</summary>
    public static ProbeVerdict Probe(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty) return ProbeVerdict.Unsure;
        var isUnsure = false;
        if (Begins(start, HttpHalf.Preface, ref isUnsure) || Begins(start, "HTTP/1."u8, ref isUnsure)) return ProbeVerdict.Certain;

        // Registered methods only: "EHLO x", "USER y" and many others look like a method too.
        if (Begins(start, "GET "u8, ref isUnsure) || Begins(start, "POST "u8, ref isUnsure) || Begins(start, "HEAD "u8, ref isUnsure)
            || Begins(start, "PUT "u8, ref isUnsure) || Begins(start, "DELETE "u8, ref isUnsure) || Begins(start, "OPTIONS "u8, ref isUnsure)
            || Begins(start, "PATCH "u8, ref isUnsure) || Begins(start, "TRACE "u8, ref isUnsure) || Begins(start, "CONNECT "u8, ref isUnsure)
            || Begins(start, "PROPFIND "u8, ref isUnsure) || Begins(start, "REPORT "u8, ref isUnsure))
        {
            // RTSP and SIP share OPTIONS: the end of the line distinguishes them.
            var end = start.IndexOf((byte)'\n');
            if (end < 0) return start.Length < MaxLine ? ProbeVerdict.Unsure : ProbeVerdict.Certain;
            return start[..end].TrimEnd((byte)'\r').LastIndexOf(" HTTP/1."u8) > 0 ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
        }

        return isUnsure ? ProbeVerdict.Unsure : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Read(RecordedFlow flow)
    {
        var session = new HttpSession();
        ((RecordedTcpFlow)flow).ReadInto(session);
        return session.Finish(flow.IsClosed);
    }

    private static bool Begins(ReadOnlySpan<byte> start, ReadOnlySpan<byte> sign, ref bool isUnsure)
    {
        if (start.StartsWith(sign)) return true;
        isUnsure |= sign.StartsWith(start);
        return false;
    }

    // Below the bytes that wait for a verdict at all (AnalyzerLimits.ProbeBytes).
    private const int MaxLine = 4000;
}
