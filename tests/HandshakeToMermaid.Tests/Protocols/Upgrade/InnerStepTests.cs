using System.Reflection;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Upgrade;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Protocols.Upgrade;

/// <summary>A step inside a tunnel is the same step: only its band, and how it is known, are others.</summary>
public sealed class InnerStepTests
{
    /// <summary>Properties that are said otherwise inside a tunnel, with the reason.</summary>
    private static readonly Dictionary<string, string> Own = new(StringComparer.Ordinal)
    {
        [nameof(Step.Phase)] = "the handshake has a band of its own",
        [nameof(Step.Provenance)] = "what is readable was decrypted",
        [nameof(Step.Fields)] = "their names say that they are of the tunnel",
    };

    [Fact]
    public void Everything_that_a_drawing_asks_of_a_step_is_passed_on()
    {
        var inner = new Everything { From = Direction.Reverse, First = At(1), Last = At(2), IsUndelivered = true, IsEarlyData = false };
        var step = InnerStep.Of(inner);
        foreach (var property in typeof(Step).GetProperties().Where(p => !Own.ContainsKey(p.Name)))
        {
            Assert.True(Equals(property.GetValue(inner), property.GetValue(step)), $"{property.Name} is not passed on");
        }

        Assert.Equal(inner.Facts(), step.Facts());
        Assert.Equal((Phase.InnerTls, Provenance.Decrypted, "inside the tunnel, field"), (step.Phase, step.Provenance, step.Fields.Single().Name));
        Assert.All(typeof(Step).GetProperties().Where(p => p.GetMethod is { IsVirtual: true, IsFinal: false } && !Own.ContainsKey(p.Name)), p => Assert.Equal(typeof(InnerStep), typeof(InnerStep).GetProperty(p.Name)!.DeclaringType));
    }

    /// <summary>What was sent last was never acknowledged: the step inside is drawn with a cross, as one outside would be.</summary>
    [Fact]
    public void A_message_inside_that_was_never_acknowledged_is_undelivered()
    {
        using var mint = CertificateMint.Leaf(null);
        var connection = Assert.Single(Reading.Of(PlayedTunnel.Unacknowledged([mint.Der])).Connections).Connection;
        var hello = Assert.Single(connection.Steps, s => s is InnerStep);
        Assert.Equal(("ClientHello", true), (hello.Title, hello.IsUndelivered));
        Assert.All(connection.Steps.Where(s => s.Phase == Phase.Tls), s => Assert.False(s.IsUndelivered));
    }

    private static FrameMark At(long frame) => new(frame, new Timestamp(frame));

    private sealed class Everything : Step
    {
        public override Phase Phase => Phase.Tls;

        public override string Title => "Something";

        public override string Explanation => "does something";

        public override string Helper => "192.0.2.53";

        public override string Router => "192.0.2.1";

        public override bool IsDeadEnd => true;

        public override bool IsRoutine => true;

        public override bool IsEndOfStream => true;

        public override bool IsRepeated => true;

        public override bool IsMinor => true;

        public override Detail Level => Detail.Full;

        public override bool IsRecovery => true;

        public override bool IsEncrypted => true;

        public override int Length => 7;

        public override IEnumerable<StepField> Fields => [new StepField("field", "value")];

        protected override IEnumerable<StepFact> FactsUpTo(Detail detail) => [new StepFact(Detail.Brief, "", "fact")];
    }
}
