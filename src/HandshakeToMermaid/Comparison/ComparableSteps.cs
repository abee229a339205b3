using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Comparison;

/// <summary>The steps of two runs that can be compared: what only one capture could show is no difference of the runs.</summary>
internal sealed class ComparableSteps
{
    /// <summary>Chooses them.</summary>
    public ComparableSteps(DiagnosedConnection good, DiagnosedConnection bad)
    {
        var (ofGood, ofBad) = (StepsOf(good.Connection), StepsOf(bad.Connection));
        LeaveTransport(good.Connection.Transport == bad.Connection.Transport);
        if (good.Connection.Outcome.IsCompleted && bad.Connection.Outcome.IsCompleted)
        {
            // How finished connections were closed depends on timing and on what was exchanged.
            ofGood.RemoveAll(IsClose);
            ofBad.RemoveAll(IsClose);
        }

        var isGoodOpened = ofGood.Exists(s => s.Step.Provenance == Provenance.Decrypted);
        var isBadOpened = ofBad.Exists(s => s.Step.Provenance == Provenance.Decrypted);
        if (isGoodOpened != isBadOpened && (isGoodOpened ? ofBad : ofGood).Exists(s => s.Step.IsEncrypted))
        {
            remarks.Add($"Only the {(isGoodOpened ? "good" : "bad")} run could be decrypted: what is encrypted is not compared.");
            ofGood.RemoveAll(s => s.Step.IsEncrypted);
            ofBad.RemoveAll(s => s.Step.IsEncrypted);
        }

        (Good, Bad) = (ofGood, ofBad);

        // One capture began after it, so nothing is known about the other; or there is none over UDP.
        void LeaveTransport(bool isSame)
        {
            var (inGood, inBad) = (ofGood.Exists(IsTransport), ofBad.Exists(IsTransport));
            if (inGood == inBad) return;
            if (isSame) remarks.Add($"Only the {(inGood ? "good" : "bad")} capture shows the handshake of the transport: it is not compared.");
            ofGood.RemoveAll(IsTransport);
            ofBad.RemoveAll(IsTransport);
        }
    }

    private static bool IsClose(ComparedStep compared) => compared.Step.Phase.Role == PhaseRole.Close;

    private static bool IsTransport(ComparedStep compared) => compared.Step.Phase.Role == PhaseRole.Transport;

    /// <summary>Those of the good run.</summary>
    public IReadOnlyList<ComparedStep> Good { get; }

    /// <summary>Those of the bad run.</summary>
    public IReadOnlyList<ComparedStep> Bad { get; }

    /// <summary>What was left out, a sentence each.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    private readonly List<string> remarks = [];

    /// <summary>From the transport's handshake on, without data that cannot be read and without an orderly end.</summary>
    private static List<ComparedStep> StepsOf(Connection connection) => [.. connection.Steps.Where(IsCompared).Take(MostSteps).Select(s => new ComparedStep(s, connection.SideOf(s)))];

    private static bool IsCompared(Step step) => step.Phase.Role != PhaseRole.Resolution && !step.IsRoutine && !(step.Phase.Role == PhaseRole.Data && (step.IsEncrypted || step.Length == 0));

    /// <summary>The alignment takes time and memory in proportion to the square: handshakes have a tenth of that.</summary>
    private const int MostSteps = 400;
}
