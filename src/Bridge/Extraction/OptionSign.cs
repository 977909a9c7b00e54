namespace Bridge.Extraction;

/// <summary>What the features of an option say. The order is part of the weights: new signs go to the end.</summary>
internal enum OptionSign
{
    Omitted, OmittedBest, OmittedRole, OmittedAny, OmittedNamed, OmittedProse, OmittedClosed, OmittedHead, OmittedName, OmittedSlots, OmittedDepth,
    Kind, KindRequired, KindRole, KindHead, KindName, KindDepth, KindClosed,
    Score, ScoreSource, Form, FormHead,
    Window, WindowSource, WindowRole,
    Order, OrderCounts, OrderPlaces, OnlyOne, Rank,
    Default, DefaultHead,
    Before, After, BeforeRole, AfterRole, BeforeHead, AfterHead, BeforeTwoHead, BeforeTwoRole, BeforeFirst, AfterTwo, Around,
    BeforeName, BeforeFarName, AfterName,
    JointBefore, JointAfter, JointBoth,
    OwnersBefore, OwnersAfter, OwnersAround, OwnerFar, OwnerFirst, OwnerLast, OwnersInside, OwnersDescription, RequestsInside,
    DistanceBefore, DistanceAfter, DistanceBoth,
    Inside, InsideRole, First, Last,
    Length, LengthRole, LengthHead,
    Shapes, ShapesRole, ShapeHead, ShapesAround,
    Size, SizeHead, Fraction, Items, Cover,
}
