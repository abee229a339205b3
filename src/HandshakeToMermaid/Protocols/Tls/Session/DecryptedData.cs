using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>The decrypted application data of a session: given to the protocol inside, or drawn as data where none is recognised.</summary>
/// <param name="closed">The session as read without keys.</param>
/// <param name="opened">The session with decrypted messages.</param>
/// <param name="setting">Begins the protocol inside.</param>
/// <param name="isNull">True where the cipher suite encrypts nothing.</param>
internal sealed class DecryptedData(TlsSession closed, TlsSession opened, TlsSetting setting, bool isNull)
{
    private readonly List<Step> steps = [];
    private readonly List<(byte[] Content, FrameMark Mark)> early = [];
    private IStreamSession? inner;

    /// <summary>Application data that the protocol inside does not report.</summary>
    public IReadOnlyList<Step> Steps => steps;

    /// <summary>The facts of the protocol inside; empty where none was recognised.</summary>
    public IReadOnlyList<ProtocolFacts> InnerFacts { get; private set; } = [];

    /// <summary>Bytes are missing in the data of a direction.</summary>
    public void Gap(Direction from, StreamGap gap) => inner?.Gap(from, gap);

    /// <summary>Takes the content of a record.</summary>
    public void Take(DecryptionHalf half, EncryptedRecord record, ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty) return;
        if (closed.IsTls13 && half.Epoch == TlsEpoch.Early)
        {
            half.Early = (half.EarlyBytes == 0 ? record.First : half.Early.First, record.Last);
            half.EarlyBytes += content.Length;
            early.Add((content.ToArray(), record.Last));
            return;
        }

        TakeEarly();
        if (!half.HasData)
        {
            half.HasData = true;
            steps.Add(new ApplicationDataStep
            {
                From = half.From, First = record.First, Last = record.Last, Bytes = content.Length, Provenance = isNull ? Provenance.Clear : Provenance.Decrypted,
            });
        }

        Inside(half.From, content, record.Last);
    }

    /// <summary>Early data counts as sent unless the server rejected it: then the client repeats it.</summary>
    private void TakeEarly()
    {
        if (!IsEarlyDataRefused)
        {
            foreach (var (content, mark) in early) Inside(closed.Client!.Value, content, mark);
        }

        early.Clear();
    }

    private bool IsEarlyDataRefused => closed.HelloRetryRequest is not null || closed.ServerHello is not { AcceptsPreSharedKey: true }
        || opened.Find(HandshakeType.EncryptedExtensions, closed.Client!.Value.Opposite()) is { Message: EncryptedExtensions said }
            && !said.Extensions.Has(ExtensionType.EarlyData);

    private void Inside(Direction from, ReadOnlySpan<byte> content, FrameMark mark)
    {
        inner ??= setting.Inner?.Invoke(closed.Client!.Value);
        if (inner is not null && !inner.IsSatisfied(from)) inner.Bytes(from, content, mark);
    }

    /// <summary>Ends the protocol inside. Data that it reports is not reported twice.</summary>
    /// <param name="halves">Both directions.</param>
    public void Finish(DecryptionHalf[] halves)
    {
        TakeEarly();
        InnerFacts = inner?.Finish(isClosed: true) ?? [];
        steps.RemoveAll(step => InnerFacts.Any(f => f.Steps.Any(s => s.From == step.From)));
        foreach (var half in halves)
        {
            if (half.EarlyBytes == 0 || (!IsEarlyDataRefused && MarkEarly(half))) continue;
            steps.Add(new ApplicationDataStep
            {
                From = half.From, First = half.Early.First, Last = half.Early.Last, Bytes = half.EarlyBytes, IsEarly = true, IsRefused = IsEarlyDataRefused, Provenance = Provenance.Decrypted,
            });
        }
    }

    /// <summary>Marks what the protocol inside read of the early data; false where it read nothing.</summary>
    private bool MarkEarly(DecryptionHalf half)
    {
        var isTold = false;
        foreach (var step in InnerFacts.SelectMany(f => f.Steps))
        {
            if (step.From != half.From || step.Last.IsAfter(half.Early.Last)) continue;
            step.IsEarlyData = isTold = true;
        }

        return isTold;
    }
}
