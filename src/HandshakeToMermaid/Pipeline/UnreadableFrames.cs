using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Pipeline;

/// <summary>Frames whose headers could not be read.</summary>
/// <param name="Broken">Frames with headers that contradict themselves.</param>
/// <param name="FirstBroken">The first of them; 0 where there is none.</param>
/// <param name="FirstFault">What is wrong with it.</param>
/// <param name="CutShort">Frames of which the capture holds less than their headers (snapshot length).</param>
/// <param name="FirstCutShort">The first of them; 0 where there is none.</param>
internal readonly record struct UnreadableFrames(long Broken, long FirstBroken, WireFault FirstFault, long CutShort, long FirstCutShort)
{
    /// <summary>The same with one more frame, of kind <see cref="PacketKind.Broken"/> or <see cref="PacketKind.CutShort"/>.</summary>
    internal UnreadableFrames With(in Packet packet)
    {
        if (packet.Kind == PacketKind.CutShort) return this with { CutShort = CutShort + 1, FirstCutShort = CutShort == 0 ? packet.Mark.Frame : FirstCutShort };
        return Broken == 0 ? this with { Broken = 1, FirstBroken = packet.Mark.Frame, FirstFault = packet.Fault } : this with { Broken = Broken + 1 };
    }
}
