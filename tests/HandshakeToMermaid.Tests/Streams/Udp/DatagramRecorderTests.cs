using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Tests.Streams.Udp;

public sealed class DatagramRecorderTests
{
    private readonly IDatagramFilter filter = new SharedFilter(0);
    private long frame;

    [Fact]
    public void Whatever_comes_is_recorded_or_counted_and_charged_with_what_it_holds()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var recorder = new DatagramRecorder(10_000, new SpareBuffer());
            var (length, units) = (new long[2], new long[2]);
            var entry = EntryRoom();
            for (var i = 0; i < 200; i++)
            {
                var from = (Direction)random.Next(2);
                var size = random.Next(700);
                if (random.Next(8) == 0) recorder.TakeMoved(from, new byte[size], size, Mark(), 1);
                else
                {
                    Take(recorder, from, size, random.Next(2) == 0 ? DatagramChoice.Record : DatagramChoice.RecordIfLast);
                    length[(int)from] += size;
                    units[(int)from]++;
                }

                var all = recorder.ToArray();
                Assert.Equal(all.Sum(d => d.Payload.Length + entry), recorder.Bytes);
                Assert.Equal(all.OrderBy(d => d.Mark.Frame), all);
                Assert.True(all.Where(d => d.Path > 0).Sum(d => d.Payload.Length) <= 2500);
            }

            foreach (var from in new[] { Direction.Forward, Direction.Reverse })
            {
                var (kept, omitted) = (recorder.ToArray().Where(d => d.From == from && d.Path == 0).ToArray(), recorder.OmittedOf(from));
                Assert.Equal((units[(int)from], length[(int)from]), (kept.Length + omitted.Units, kept.Sum(d => d.Length) + omitted.Length));
            }
        }
    }

    [Fact]
    public void What_is_chosen_is_recorded_up_to_the_cap_exactly()
    {
        var recorder = new DatagramRecorder(1000, new SpareBuffer());
        Take(recorder, Direction.Forward, 600);
        Take(recorder, Direction.Reverse, 400);
        Take(recorder, Direction.Forward, 513);
        Take(recorder, Direction.Forward, 512);
        Assert.Equal([1, 2, 4], recorder.ToArray().Select(d => d.Mark.Frame));
        Assert.Equal((1, 513L), (recorder.OmittedOf(Direction.Forward).Units, recorder.OmittedOf(Direction.Forward).Length));
    }

    [Theory]
    [InlineData(1200, 2, 0)]
    [InlineData(1199, 1, 1)]
    public void Large_ones_are_recorded_while_all_of_them_fit(int cap, int recorded, int omitted)
    {
        var recorder = new DatagramRecorder(cap, new SpareBuffer());
        Take(recorder, Direction.Forward, 600);
        Take(recorder, Direction.Reverse, 600);
        Assert.Equal((recorded, omitted), (recorder.ToArray().Length, (int)recorder.OmittedOf(Direction.Reverse).Units));
    }

    [Fact]
    public void Of_many_that_are_chosen_the_first_and_the_last_are_recorded()
    {
        var recorder = new DatagramRecorder(100_000, new SpareBuffer());
        for (var i = 0; i < 1041; i++) Take(recorder, Direction.Forward, 1);
        Assert.Equal(Enumerable.Range(1, 1041).Where(i => i != 1025).Select(i => (long)i), recorder.ToArray().Select(d => d.Mark.Frame));
        Assert.Equal(1025, recorder.OmittedOf(Direction.Forward).First.Frame);
    }

    [Fact]
    public void Elsewhere_a_quarter_of_the_cap_is_recorded()
    {
        var recorder = new DatagramRecorder(1000, new SpareBuffer());
        foreach (var size in new[] { 200, 51, 50, 1 }) recorder.TakeMoved(Direction.Forward, new byte[size], size, Mark(), 1);
        Assert.Equal([200, 50], recorder.ToArray().Select(d => d.Length));
        var many = new DatagramRecorder(1000, new SpareBuffer());
        for (var i = 0; i < 70; i++) many.TakeMoved(Direction.Forward, [1], 1, Mark(), 1);
        Assert.Equal(64, many.ToArray().Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_copy_has_the_same_bytes_the_same_way_within_a_second(bool isOfTheBeginning)
    {
        var choice = isOfTheBeginning ? DatagramChoice.Record : DatagramChoice.RecordIfLast;
        var recorder = new DatagramRecorder(1000, new SpareBuffer());
        recorder.Take(Direction.Forward, [1, 2], 2, new FrameMark(1, new Timestamp(5_000_000_000)), choice, filter);
        recorder.Take(Direction.Forward, [3, 4], 2, new FrameMark(2, new Timestamp(5_000_000_000)), choice, filter);
        Assert.True(recorder.Has(Direction.Forward, [1, 2], new Timestamp(5_999_999_999)));
        Assert.True(recorder.Has(Direction.Forward, [1, 2], new Timestamp(4_000_000_001)));
        Assert.False(recorder.Has(Direction.Forward, [1, 2], new Timestamp(6_000_000_000)));
        Assert.False(recorder.Has(Direction.Forward, [1, 2], new Timestamp(4_000_000_000)));
        Assert.False(recorder.Has(Direction.Reverse, [1, 2], new Timestamp(5_000_000_000)));
        Assert.False(recorder.Has(Direction.Forward, [1, 3], new Timestamp(5_000_000_000)));
        Assert.True(recorder.Has(Direction.Forward, [3, 4], new Timestamp(5_000_000_000)));
    }

    private int EntryRoom()
    {
        var recorder = new DatagramRecorder(1, new SpareBuffer());
        recorder.Take(Direction.Forward, default, 0, new FrameMark(1, default), DatagramChoice.Record, filter);
        return recorder.Bytes;
    }

    private void Take(DatagramRecorder recorder, Direction from, int size, DatagramChoice choice = DatagramChoice.Record) => recorder.Take(from, new byte[size], size, Mark(), choice, filter);

    private FrameMark Mark() => new(++frame, new Timestamp(frame * 1_000_000));
}
