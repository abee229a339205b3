using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Protocols.Dns;
using HandshakeToMermaid.Protocols.Dtls;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Quic;
using HandshakeToMermaid.Protocols.StartTls;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Catalogs;

/// <summary>Every protocol that is recognised: a new one is a folder under Protocols and a line here.</summary>
internal sealed class ProtocolCatalog
{
    public ProtocolCatalog(AnalyzerOptions options, bool mayBringSecrets, ILookupListener listener)
    {
        var limits = options.Limits;
        var dns = new DnsObserver(limits, listener);
        Lookups = new DnsLookups();
        Queries = new DnsStreamProtocol(dns);
        Datagrams = [dns];
        var tls = new TlsSetting(limits) { Secrets = options.Secrets, MayBringSecrets = mayBringSecrets, Parts = new DecodedParts(), Inner = Inside };
        DatagramFlows = [new DtlsProtocol(tls), new QuicProtocol(tls)];
        Streams =
        [
            new TlsProtocol(tls),
            new HttpProtocol(),
            new StartTlsProtocol(tls, StartTlsCatalog.All),
            .. options.Modules.SelectMany(m => m.CreateProtocols()),
        ];
    }

    /// <summary>Reads what TLS protected, where it could be opened.</summary>
    private static HttpDialogue Inside(Direction client) => new(Sight.Decrypted, client);

    /// <summary>DNS over TCP, read as it comes.</summary>
    public DnsStreamProtocol Queries { get; }

    /// <summary>Over UDP, with books of their own; the first that takes a datagram has it.</summary>
    public IReadOnlyList<IDatagramProtocol> Datagrams { get; }

    /// <summary>Over UDP, recognised by content where a datagram belongs to no flow yet; the first that recognises it has the flow.</summary>
    public IReadOnlyList<IDatagramFlowProtocol> DatagramFlows { get; }

    /// <summary>Over TCP, recognised by content; the first that is certain has the stream.</summary>
    public IReadOnlyList<IStreamProtocol> Streams { get; }

    /// <summary>Tells the story of look-ups.</summary>
    public ILookupProtocol Lookups { get; }
}
