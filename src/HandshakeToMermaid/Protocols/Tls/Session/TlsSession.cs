using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>
/// The messages of a TLS session, whatever carried it: TCP records, DTLS and QUIC all report here. It decodes
/// messages in the light of the ones before and remembers what was agreed.
/// </summary>
internal sealed class TlsSession
{
    private readonly List<Step> steps = new(8);
    private readonly List<TlsMessageStep> messages = new(8);
    private readonly List<TlsAlertStep> alerts = new(0);
    private readonly List<Unparsed> unparsed = new(0);
    private readonly DecodedParts? parts;
    private StreamClock forward;
    private StreamClock reverse;
    private int order;
    private bool isFull;

    /// <summary>Creates an empty session.</summary>
    /// <param name="limits">The caps.</param>
    /// <param name="parts">The parts decoded in other sessions; null to decode everything anew.</param>
    /// <param name="keyExchange">Derives secrets from the messages; null where no private key is known.</param>
    public TlsSession(AnalyzerLimits limits, DecodedParts? parts = null, RsaKeyExchange? keyExchange = null) => (Limits, this.parts, KeyExchange) = (limits, parts, keyExchange);

    /// <summary>Derives secrets from the messages; null where no private key is known.</summary>
    public RsaKeyExchange? KeyExchange { get; }

    /// <summary>The caps.</summary>
    public AnalyzerLimits Limits { get; }

    /// <summary>Everything that happened, in the order in which it was reported.</summary>
    public IReadOnlyList<Step> Steps => steps;

    /// <summary>The handshake messages that could be read.</summary>
    public IReadOnlyList<TlsMessageStep> Messages => messages;

    /// <summary>The alerts.</summary>
    public IReadOnlyList<TlsAlertStep> Alerts => alerts;

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<Unparsed> Unparsed => unparsed;

    /// <summary>The direction in which the client sends; null until a message shows it.</summary>
    public Direction? Client { get; private set; }

    /// <summary>The first ClientHello.</summary>
    public ClientHello? ClientHello { get; private set; }

    /// <summary>The ClientHello that answers a HelloRetryRequest.</summary>
    public ClientHello? RepeatedClientHello { get; private set; }

    /// <summary>The HelloRetryRequest.</summary>
    public ServerHello? HelloRetryRequest { get; private set; }

    /// <summary>The first ServerHello.</summary>
    public ServerHello? ServerHello { get; private set; }

    /// <summary>The SERVER-HELLO of SSL 2.0.</summary>
    public Ssl2ServerHello? Ssl2ServerHello { get; private set; }

    /// <summary>The version agreed on, in the first handshake; null while unknown.</summary>
    public ProtocolVersion? Version => ServerHello?.Version ?? HelloRetryRequest?.Version ?? Ssl2ServerHello?.Version;

    /// <summary>True where everything behind the ServerHello is encrypted.</summary>
    public bool IsTls13 => Version is { IsTls13: true };

    /// <summary>The cipher suite agreed on, in the first handshake; null while unknown.</summary>
    public CipherSuite? CipherSuite { get; private set; }

    /// <summary>The suite that the latest hello agreed on: a renegotiation may change it.</summary>
    public CipherSuite? LatestCipherSuite => LatestServerHello?.CipherSuite ?? CipherSuite;

    /// <summary>The latest ClientHello: a renegotiation brings another.</summary>
    internal ClientHello? LatestClientHello { get; private set; }

    /// <summary>The latest ServerHello that was no HelloRetryRequest.</summary>
    internal ServerHello? LatestServerHello { get; private set; }

    /// <summary>The group in which keys were agreed on; null where unknown.</summary>
    public NamedGroup? Group { get; private set; }

    /// <summary>The application protocol chosen; null where none or unknown.</summary>
    public string? AlpnProtocol { get; private set; }

    /// <summary>The first message of a type from one direction; null where there is none.</summary>
    public TlsMessageStep? Find(HandshakeType type, Direction from)
    {
        foreach (var step in messages)
        {
            if (step.Message.Type == type && step.From == from) return step;
        }

        return null;
    }

    /// <summary>Hands out the next place in capture order, to a message or to an encrypted record.</summary>
    public int NextOrder() => order++;

    /// <summary>Takes a handshake message that was read.</summary>
    /// <param name="from">Which way it went.</param>
    /// <param name="raw">Its bytes.</param>
    /// <param name="provenance">Clear or decrypted.</param>
    /// <param name="carrierVersion">The version that its record names, for where no ServerHello was seen.</param>
    public HandshakeMessage? Message(Direction from, RawMessage raw, Provenance provenance, ProtocolVersion carrierVersion)
    {
        if (IsAtCap(raw.Last)) return null;
        raw = raw with { Last = (from == Direction.Forward ? ref forward : ref reverse).Advance(raw.Last) };
        var version = LatestServerHello?.Version ?? Version ?? carrierVersion;
        var context = new MessageContext(version, LatestCipherSuite, Limits) { Parts = parts };
        var bytes = raw.Bytes;
        var message = parts is not null && DecodedParts.Repeats(raw.Type) ? parts.Message(raw.Type, ref bytes, context) : HandshakeMessage.Read(raw.Type, raw.Body, context);
        Add(from, message, bytes, raw.Hashed.Equals(raw.Bytes) ? bytes : raw.Hashed, raw.First, raw.Last, provenance);
        return message;
    }

    /// <summary>Takes a message of SSL 2.0, its bytes from the message type on.</summary>
    public HandshakeMessage? Ssl2Message(Direction from, ReadOnlyMemory<byte> bytes, FrameMark first, FrameMark last)
    {
        if (bytes.IsEmpty || IsAtCap(last)) return null;
        HandshakeMessage? message = bytes.Span[0] switch
        {
            1 => Codec.Messages.ClientHello.ReadSsl2(bytes[1..]),
            2 => Ssl2ClientMasterKey.Read(bytes[1..]),
            4 => Codec.Messages.Ssl2ServerHello.Read(bytes[1..]),
            _ => null,
        };
        if (message is not null) Add(from, message, bytes, bytes, first, last, Provenance.Clear);
        return message;
    }

    /// <summary>Takes an alert; null for one that is encrypted.</summary>
    public void Alert(Direction from, Alert? alert, FrameMark first, FrameMark last, Provenance provenance, bool afterHandshake)
    {
        if (IsAtCap(last)) return;
        var step = new TlsAlertStep { From = from, First = first, Last = last, Provenance = provenance, Alert = alert, IsAfterHandshake = afterHandshake };
        alerts.Add(step);
        steps.Add(step);
    }

    /// <summary>Takes any other step.</summary>
    public void Add(Step step)
    {
        if (!IsAtCap(step.Last)) steps.Add(step);
    }

    /// <summary>Adds a step that another session has decoded.</summary>
    internal void AddRead(Step step)
    {
        if (IsAtCap(step.Last)) return;
        steps.Add(step);
        if (step is TlsAlertStep alert) alerts.Add(alert);
        if (step is not TlsMessageStep message) return;
        messages.Add(message);
        Learn(message.From, message.Message);
        KeyExchange?.Take(message);
    }

    /// <summary>Adds a note that another session has made.</summary>
    internal void Note(Unparsed note)
    {
        if (unparsed.Count < MaxUnparsed) unparsed.Add(note);
    }

    /// <summary>Notes what could not be read.</summary>
    public void Note(UnparsedReason kind, string detail, FrameMark mark)
    {
        if (unparsed.Count < MaxUnparsed) unparsed.Add(new Unparsed(kind, detail, mark.IsSet ? [mark.Frame] : []));
    }

    /// <summary>The steps, and more steps among them, in the order of time.</summary>
    internal IReadOnlyList<Step> SortedSteps(List<Step> more)
    {
        if (more.Count == 0 && StepSequence.IsOrdered(steps)) return [.. steps];
        var sequence = new StepSequence(steps.Count + more.Count);
        sequence.Add(steps);
        sequence.Add(more);
        return sequence.ToArray();
    }

    private void Add(Direction from, HandshakeMessage message, ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> hashed, FrameMark first, FrameMark last, Provenance provenance)
    {
        var step = new TlsMessageStep { From = from, First = first, Last = last, Provenance = provenance, Message = message, Bytes = bytes, Hashed = hashed, Order = NextOrder() };
        messages.Add(step);
        steps.Add(step);
        if (message.Fault.IsFault) Note(UnparsedReason.Fault, $"{step.Title}: {message.Fault}", last);
        Learn(from, message);
        KeyExchange?.Take(step);
    }

    private void Learn(Direction from, HandshakeMessage message)
    {
        switch (message)
        {
            case ClientHello hello:
                Client ??= from;
                LatestClientHello = hello;
                if (ClientHello is null)
                {
                    ClientHello = hello;
                }
                else if (HelloRetryRequest is not null && ServerHello is null && RepeatedClientHello is null)
                {
                    hello.IsRepeated = true;
                    RepeatedClientHello = hello;
                }

                break;
            case ServerHello { IsHelloRetryRequest: true } retry:
                Client ??= from.Opposite();
                HelloRetryRequest ??= retry;
                break;
            case ServerHello hello:
                Client ??= from.Opposite();
                LatestServerHello = hello;
                if (ServerHello is not null) break;
                ServerHello = hello;
                CipherSuite = hello.CipherSuite;
                Group = hello.Group;
                AlpnProtocol = hello.AlpnProtocol;
                break;
            case Ssl2ServerHello hello:
                Client ??= from.Opposite();
                Ssl2ServerHello ??= hello;
                break;
            case Ssl2ClientMasterKey key:
                Client ??= from;
                CipherSuite ??= key.CipherSuite;
                break;
            case EncryptedExtensions extensions:
                AlpnProtocol ??= extensions.AlpnProtocol;
                break;
            case ServerKeyExchange exchange:
                Client ??= from.Opposite();
                Group ??= exchange.Group;
                break;
            case CertificateRequest:
                Client ??= from.Opposite();
                break;
            case EmptyMessage { Type.Code: 14 }:
                Client ??= from.Opposite();
                break;
            case ClientKeyExchange:
                Client ??= from;
                break;
            default:
                break;
        }
    }

    private bool IsAtCap(FrameMark mark)
    {
        if (steps.Count < Limits.MessagesPerConnection) return false;
        if (!isFull) Note(UnparsedReason.Cap, $"more than {Limits.MessagesPerConnection} messages", mark);
        isFull = true;
        return true;
    }

    private const int MaxUnparsed = 32;
}
